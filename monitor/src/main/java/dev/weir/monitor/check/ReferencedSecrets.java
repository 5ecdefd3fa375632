// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of the process's environment and of files, read anew at each use, so that one that was
 * changed counts from then on. Whether a customer may name a secret is judged when a site is read,
 * by {@link SecretScope}; here the process as a whole is kept to the variables it lets be named.
 */
public final class ReferencedSecrets implements Secrets {

  /** A key or a token is a page; more is a mistake. */
  public static final int FILE_BYTES_MAX = 64 << 10;

  private final Function<String, @Nullable String> environment;
  private final List<String> environmentPrefixes;
  private final Path folder;

  /**
   * @param environment a variable's value by its name, null where there is none
   * @param environmentPrefixes what a variable must begin with to be named; empty for any
   * @param folder where paths begin that are not absolute
   */
  public ReferencedSecrets(
      Function<String, @Nullable String> environment,
      List<String> environmentPrefixes,
      Path folder) {
    this.environment = environment;
    this.environmentPrefixes = List.copyOf(environmentPrefixes);
    this.folder = folder;
  }

  @Override
  public String reveal(Secret secret) {
    StringBuilder revealed = new StringBuilder();
    for (Secret.Part part : secret.parts()) {
      revealed.append(
          switch (part) {
            case Secret.Part.Literal literal -> literal.text();
            case Secret.Part.Environment variable -> value(variable);
            case Secret.Part.File file -> text(file);
          });
    }
    return revealed.toString();
  }

  private String value(Secret.Part.Environment variable) {
    String name = variable.name();
    if (!environmentPrefixes.isEmpty()
        && environmentPrefixes.stream().noneMatch(name::startsWith)) {
      throw new IllegalArgumentException(
          "%s is not among the variables that sites may name: %s"
              .formatted(variable, String.join(", ", environmentPrefixes)));
    }
    String value = environment.apply(name);
    if (value == null) {
      throw new IllegalArgumentException(variable + " is not set in the environment of Weir");
    }
    return value;
  }

  /** The file's text without the line end that editors put at its end. */
  private String text(Secret.Part.File file) {
    try (InputStream in = Files.newInputStream(folder.resolve(file.path()))) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new IllegalArgumentException(
            file + " is larger than %d KiB".formatted(FILE_BYTES_MAX >> 10));
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.endsWith("\r\n")
          ? text.substring(0, text.length() - 2)
          : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + " is not there", e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " can't be read", e);
    }
  }

  @Override
  public String toString() {
    return "ReferencedSecrets[folder=" + folder + "]";
  }
}
