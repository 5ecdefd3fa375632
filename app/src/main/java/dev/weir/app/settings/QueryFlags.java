// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.OPTIONAL_PATH;
import static dev.weir.app.settings.FlagType.choice;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The flags of {@code weir query}. */
public final class QueryFlags {

  /** The word that stands for the SDK's own endpoint. */
  private static final String AMAZON = "amazon";

  /** Where to ask; empty for Amazon. */
  public static final Flag<Optional<URI>> ENDPOINT =
      Flag.of(
          "endpoint",
          new FlagType<>(
              "URL|amazon",
              "a URL such as http://127.0.0.1:9201, or the word amazon",
              QueryFlags::endpoint),
          "http://127.0.0.1:9201",
          "Where to ask. amazon is Amazon Timestream, of the region and with the credentials that"
              + " the AWS SDK finds. On loopback without credentials it signs as weir.");

  public static final Flag<ResultFormat> FORMAT =
      Flag.of(
          "format",
          choice(formats()),
          "table",
          "How the result is written. Rows and time come last: below a table, else on standard"
              + " error.");

  public static final Flag<Optional<Path>> FILE =
      Flag.of(
          "file",
          OPTIONAL_PATH,
          "",
          "File with the SQL text, in place of the operand; - is standard input. -f for short.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL = List.of(ENDPOINT, FORMAT, FILE);

  private QueryFlags() {}

  /** How a result is written. */
  public enum ResultFormat {
    TABLE,
    CSV,
    JSON
  }

  private static LinkedHashMap<String, ResultFormat> formats() {
    LinkedHashMap<String, ResultFormat> formats = new LinkedHashMap<>();
    formats.put("table", ResultFormat.TABLE);
    formats.put("csv", ResultFormat.CSV);
    formats.put("json", ResultFormat.JSON);
    return formats;
  }

  private static Optional<URI> endpoint(String text) {
    if (text.equals(AMAZON)) {
      return Optional.empty();
    }
    return Optional.of(FlagType.url(text));
  }
}
