// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.BOOLEAN;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions with the syntax and meaning of {@link java.util.regex.Pattern} (AWS developer
 * guide, "Regular expression functions").
 */
final class RegexFunctions {

  static final List<JavaFunction> ALL =
      List.of(
          JavaFunction.of("regexp_like", BOOLEAN, row -> matcher(row).find(), VARCHAR, VARCHAR),
          JavaFunction.of(
              "regexp_extract", VARCHAR, RegexFunctions::extract, VARCHAR, VARCHAR, BIGINT),
          JavaFunction.of(
              "regexp_extract_all", VARCHAR, RegexFunctions::extractAll, VARCHAR, VARCHAR, BIGINT),
          JavaFunction.of("regexp_split", VARCHAR, RegexFunctions::split, VARCHAR, VARCHAR),
          JavaFunction.of(
              "regexp_replace", VARCHAR, RegexFunctions::replace, VARCHAR, VARCHAR, VARCHAR),
          JavaFunction.of("regexp_groups", VARCHAR, RegexFunctions::groups, VARCHAR, VARCHAR));

  private RegexFunctions() {}

  private static Matcher matcher(Row row) {
    return row.query().pattern(row.text(1)).matcher(row.query().watched(row.text(0)));
  }

  private static @Nullable String extract(Row row) {
    Matcher matcher = matcher(row);
    int group = group(row, matcher);
    return matcher.find() ? matcher.group(group) : null;
  }

  private static String extractAll(Row row) {
    Matcher matcher = matcher(row);
    int group = group(row, matcher);
    List<@Nullable String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(group));
    }
    return Json.array(found);
  }

  /** What stands between the matches; one more than there are matches. */
  private static String split(Row row) {
    String text = row.text(0);
    Matcher matcher = matcher(row);
    List<@Nullable String> parts = new ArrayList<>();
    int start = 0;
    while (matcher.find()) {
      parts.add(text.substring(start, matcher.start()));
      start = matcher.end();
    }
    parts.add(text.substring(start));
    return Json.array(parts);
  }

  private static String replace(Row row) {
    try {
      return matcher(row).replaceAll(row.text(2));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new BadValueException("Illegal replacement sequence: " + row.text(2));
    }
  }

  /** The capturing groups of each match, for the form of regexp_replace with a lambda. */
  private static String groups(Row row) {
    Matcher matcher = matcher(row);
    List<List<@Nullable String>> matches = new ArrayList<>();
    while (matcher.find()) {
      List<@Nullable String> groups = new ArrayList<>();
      for (int group = 1; group <= matcher.groupCount(); group++) {
        groups.add(matcher.group(group));
      }
      matches.add(groups);
    }
    return Json.arrays(matches);
  }

  private static int group(Row row, Matcher matcher) {
    long group = row.number(2);
    if (group < 0) {
      throw new BadValueException("Group cannot be negative");
    }
    if (group > matcher.groupCount()) {
      throw new BadValueException(
          "Pattern has %d groups. Cannot access group %d".formatted(matcher.groupCount(), group));
    }
    return (int) group;
  }
}
