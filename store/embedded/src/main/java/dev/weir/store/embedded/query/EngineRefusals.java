// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.function.BadValueException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that a query's functions and operators can't take, said as Trino says it. Of the engine's
 * own text only numbers are taken over, and only from messages of a known form.
 */
public final class EngineRefusals {

  private static final Pattern OVERFLOW =
      Pattern.compile(
          "Overflow in (addition|subtraction|multiplication) of INT(32|64)"
              + " \\((-?\\d+ [-+*] -?\\d+)\\)");
  private static final Pattern DIVISION_OVERFLOW =
      Pattern.compile("Overflow in division of (-?\\d+ / -?\\d+)");
  private static final Map<String, String> TYPES = Map.of("32", "integer", "64", "bigint");

  private EngineRefusals() {}

  /** What a user is told, or null where the failure is no fault of a value. */
  public static @Nullable StoreException of(SQLException failure) {
    String text = String.valueOf(failure.getMessage());
    String message = BadValueException.messageIn(text);
    if (message == null) {
      message = arithmetic(text);
    }
    return message == null ? null : new StoreException(Kind.BAD_REQUEST, message, failure);
  }

  private static @Nullable String arithmetic(String text) {
    Matcher overflow = OVERFLOW.matcher(text);
    if (overflow.find()) {
      return "%s %s overflow: %s"
          .formatted(TYPES.get(overflow.group(2)), overflow.group(1), overflow.group(3));
    }
    Matcher division = DIVISION_OVERFLOW.matcher(text);
    if (division.find()) {
      return "bigint division overflow: " + division.group(1);
    }
    if (text.contains("Overflow on abs")) {
      return "Value " + Integer.MIN_VALUE + " is out of range for abs(integer)";
    }
    if (text.contains("Overflow in negation")) {
      return "bigint negation overflow: " + Long.MIN_VALUE;
    }
    if (text.toLowerCase(Locale.ROOT).contains("division by zero")) {
      return "Division by zero";
    }
    if (text.contains("More than one row returned by a subquery")) {
      return "Scalar sub-query has returned multiple rows";
    }
    // Sums are kept in 128 bits until they are handed over.
    return text.contains("Type INT128") ? "bigint addition overflow" : null;
  }
}
