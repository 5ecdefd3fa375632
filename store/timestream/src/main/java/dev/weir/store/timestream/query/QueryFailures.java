// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.Answer;
import dev.weir.store.timestream.call.Failures;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells from the words of a refusal what callers act upon. Timestream has no types for these; the
 * words are those that were seen, from Amazon and from Weir's own door. What is not recognised
 * stays a plain refusal.
 */
final class QueryFailures {

  private static final Pattern NO_COLUMN =
      Pattern.compile("column .*(does not exist|cannot be resolved)");
  private static final Pattern NO_TABLE =
      Pattern.compile("(table|database|schema) .*(does not exist|not found)");

  private QueryFailures() {}

  static StoreException of(Answer.Refused refused) {
    StoreException failure = Failures.of(refused);
    if (failure.kind() == Kind.CONFLICT) {
      // "Unable to poll results for a cancelled query" (AWS API reference, "Query").
      return new StoreException(Kind.CANCELLED, String.valueOf(failure.getMessage()));
    }
    if (failure.kind() != Kind.BAD_REQUEST) {
      return failure;
    }
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("max page response size has been exceeded")) {
      return failure.with(Detail.ROW_TOO_LARGE);
    }
    // A column is named with its table now and then, so that columns come first.
    if (NO_COLUMN.matcher(said).find()) {
      return failure.with(Detail.UNKNOWN_COLUMN);
    }
    return NO_TABLE.matcher(said).find() ? failure.with(Detail.UNKNOWN_TABLE) : failure;
  }
}
