// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function was given a value that it can't take; the message is for the user. The engine passes
 * the text of an exception on inside of its own words, so the message travels through it encoded,
 * between marks that no user can know.
 */
public final class BadValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int MESSAGE_CHARS_MAX = 4_000;
  private static final String MARK =
      HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  private static final Pattern MARKED = Pattern.compile(MARK + "\\.([A-Za-z0-9+/=]*)\\.");

  /** What Java's stack can't hold, as regular expressions with long loops. */
  public static final String TOO_DEEP =
      "a value is too long or nested too deeply for this function";

  /** A refusal; the message names the value. */
  public BadValueException(String message) {
    // No stack trace: TRY may catch one of these for each row.
    super(message, null, false, false);
  }

  /** The message. */
  public String userMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The message for the engine. */
  @Override
  public String getMessage() {
    return encode(userMessage());
  }

  /** The message inside what the engine said, or null where it says something of its own. */
  public static @Nullable String messageIn(String engineText) {
    Matcher matcher = MARKED.matcher(engineText);
    return matcher.find()
        ? new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8)
        : null;
  }

  /**
   * SQL of type BIGINT that fails with a message when it is computed. The engine's own {@code
   * error()} is refused inside of TRY; a text that is no number fails with that text.
   */
  public static String raising(String message) {
    return "CAST('" + encode(message) + "' AS BIGINT)";
  }

  /** The same for a message that goes on with a value, itself SQL. */
  public static String raising(String message, String value) {
    return "CAST('%s.' || base64(encode('%s' || CAST(%s AS VARCHAR))) || '.' AS BIGINT)"
        .formatted(MARK, message.replace("'", "''"), value);
  }

  private static String encode(String message) {
    String shown =
        message.length() > MESSAGE_CHARS_MAX
            ? message.substring(0, MESSAGE_CHARS_MAX) + "…"
            : message;
    byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
    return MARK + "." + Base64.getEncoder().encodeToString(bytes) + ".";
  }
}
