// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.app.cli.Terminal;
import dev.weir.app.settings.QueryFlags;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the text of the query comes from: the command line, a file, or standard input. */
final class SqlSource {

  /** Timestream's own limit, in UTF-8 (AWS developer guide, "Quotas"). */
  private static final int BYTES_MAX = 256 * 1024;

  private static final String STANDARD_INPUT = "-";

  private SqlSource() {}

  static String read(List<String> operands, Settings settings, Terminal terminal) {
    Optional<Path> file = settings.value(QueryFlags.FILE);
    if (operands.isEmpty() == file.isEmpty()) {
      throw new UsageException("weir query needs either the SQL text or --file");
    }
    String text =
        file.isPresent()
            ? read(file.get(), terminal)
            : operands.getFirst().equals(STANDARD_INPUT) ? standardInput() : operands.getFirst();
    if (text.isBlank()) {
      throw new UsageException("the query is empty");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES_MAX) {
      throw new UsageException(
          "the query has %d bytes; Timestream takes %d".formatted(bytes, BYTES_MAX));
    }
    return text;
  }

  private static String read(Path file, Terminal terminal) {
    if (file.toString().equals(STANDARD_INPUT)) {
      return standardInput();
    }
    try {
      return Files.readString(terminal.folder().resolve(file));
    } catch (NoSuchFileException e) {
      throw new UsageException("can't read %s: there is no such file".formatted(file));
    } catch (CharacterCodingException e) {
      throw new UsageException("can't read %s: it is not UTF-8".formatted(file));
    } catch (IOException e) {
      throw new UsageException("can't read %s: %s".formatted(file, e.getMessage()));
    }
  }

  private static String standardInput() {
    try {
      return new String(System.in.readNBytes(BYTES_MAX + 1), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException("can't read standard input: " + e.getMessage());
    }
  }
}
