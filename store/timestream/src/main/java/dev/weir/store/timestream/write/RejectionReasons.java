// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import dev.weir.store.Rejection.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses the class of a rejection from its text, which is all that Timestream gives. The texts are
 * not documented: those below were seen, and what is not recognised counts as a limit.
 */
final class RejectionReasons {

  /** The ingestion window: its end is the first time that is too new. */
  private static final Pattern WINDOW = Pattern.compile("\\[([^,]+), *([^)]+)\\)");

  private RejectionReasons() {}

  /**
   * The class of a rejection.
   *
   * @param epochNanos the time of the record, since the text is the same for both ends of the
   *     window
   */
  static Reason of(String text, long epochNanos) {
    String said = text.toLowerCase(Locale.ROOT);
    if (said.contains("record version") || said.contains("already exists with the same")) {
      return Reason.CONFLICT;
    }
    if (said.contains("ingestion window")) {
      return isAfterWindow(text, epochNanos) ? Reason.TOO_NEW : Reason.TOO_OLD;
    }
    if (said.contains("value type") || said.contains("assigned type")) {
      return Reason.TYPE;
    }
    if (said.contains("reserved") || said.contains("not allowed")) {
      return Reason.NAME;
    }
    return Reason.LIMIT;
  }

  private static boolean isAfterWindow(String text, long epochNanos) {
    Matcher window = WINDOW.matcher(text);
    if (!window.find()) {
      return false;
    }
    try {
      Instant end = Instant.parse(window.group(2).strip());
      return !Instant.ofEpochSecond(0, epochNanos).isBefore(end);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
