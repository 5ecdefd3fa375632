// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.BOOLEAN;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions over text (AWS developer guide, "String functions"). Characters are code points, as in
 * Trino.
 */
final class TextFunctions {

  /** Longer texts are not built: one row shall not take the memory of a query. */
  static final int CHARACTERS_MAX = 10_000_000;

  /** The product of two lengths whose distance is computed, as in Trino. */
  private static final long DISTANCE_CELLS_MAX = 1_000_000;

  static final List<JavaFunction> ALL =
      List.of(
          JavaFunction.of("chr", VARCHAR, TextFunctions::character, BIGINT),
          JavaFunction.of("codepoint", BIGINT, TextFunctions::codePoint, VARCHAR),
          JavaFunction.of(
              "hamming_distance", BIGINT, TextFunctions::hammingDistance, VARCHAR, VARCHAR),
          JavaFunction.of(
              "levenshtein_distance", BIGINT, TextFunctions::levenshteinDistance, VARCHAR, VARCHAR),
          JavaFunction.of("lower", VARCHAR, row -> lower(row.text(0)), VARCHAR),
          JavaFunction.of("upper", VARCHAR, row -> upper(row.text(0)), VARCHAR),
          JavaFunction.of("reverse", VARCHAR, row -> reversed(row.text(0)), VARCHAR),
          JavaFunction.of("lpad", VARCHAR, row -> padded(row, true), VARCHAR, BIGINT, VARCHAR),
          JavaFunction.of("rpad", VARCHAR, row -> padded(row, false), VARCHAR, BIGINT, VARCHAR),
          JavaFunction.of(
              "ltrim", VARCHAR, row -> trimmed(row.text(0), null, true, false), VARCHAR),
          JavaFunction.of(
              "rtrim", VARCHAR, row -> trimmed(row.text(0), null, false, true), VARCHAR),
          JavaFunction.of("trim", VARCHAR, row -> trimmed(row.text(0), null, true, true), VARCHAR),
          JavaFunction.of(
              "ltrim_of",
              VARCHAR,
              row -> trimmed(row.text(0), row.text(1), true, false),
              VARCHAR,
              VARCHAR),
          JavaFunction.of(
              "rtrim_of",
              VARCHAR,
              row -> trimmed(row.text(0), row.text(1), false, true),
              VARCHAR,
              VARCHAR),
          JavaFunction.of(
              "trim_of",
              VARCHAR,
              row -> trimmed(row.text(0), row.text(1), true, true),
              VARCHAR,
              VARCHAR),
          JavaFunction.of("replace", VARCHAR, TextFunctions::replaced, VARCHAR, VARCHAR, VARCHAR),
          JavaFunction.of("split", VARCHAR, TextFunctions::split, VARCHAR, VARCHAR, BIGINT),
          JavaFunction.of("split_part", VARCHAR, TextFunctions::part, VARCHAR, VARCHAR, BIGINT),
          JavaFunction.of("strpos", BIGINT, TextFunctions::first, VARCHAR, VARCHAR, BIGINT),
          JavaFunction.of("strrpos", BIGINT, TextFunctions::last, VARCHAR, VARCHAR, BIGINT),
          JavaFunction.of("substr", VARCHAR, TextFunctions::substring, VARCHAR, BIGINT, BIGINT),
          JavaFunction.of("greatest_varchar", VARCHAR, row -> chosen(row, true), VARCHAR, VARCHAR),
          JavaFunction.of("least_varchar", VARCHAR, row -> chosen(row, false), VARCHAR, VARCHAR),
          JavaFunction.of(
              "like",
              BOOLEAN,
              row -> LikeText.matches(row.text(0), row.text(1), row.text(2)),
              VARCHAR,
              VARCHAR,
              VARCHAR));

  private TextFunctions() {}

  private static String character(Row row) {
    long codePoint = row.number(0);
    if (codePoint < 0
        || codePoint > Character.MAX_CODE_POINT
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
      throw new BadValueException("Not a valid Unicode code point: " + codePoint);
    }
    return Character.toString((int) codePoint);
  }

  private static long codePoint(Row row) {
    String text = row.text(0);
    if (length(text) != 1) {
      throw new BadValueException("Input string must be a single character string");
    }
    return text.codePointAt(0);
  }

  private static long hammingDistance(Row row) {
    int[] left = row.text(0).codePoints().toArray();
    int[] right = row.text(1).codePoints().toArray();
    if (left.length != right.length) {
      throw new BadValueException(
          "The input strings to hamming_distance function must have the same length");
    }
    long distance = 0;
    for (int i = 0; i < left.length; i++) {
      distance += left[i] == right[i] ? 0 : 1;
    }
    return distance;
  }

  private static long levenshteinDistance(Row row) {
    int[] left = row.text(0).codePoints().toArray();
    int[] right = row.text(1).codePoints().toArray();
    if ((long) left.length * right.length > DISTANCE_CELLS_MAX) {
      throw new BadValueException(
          "The combined inputs for Levenshtein distance are too large: %d * %d exceeds %d"
              .formatted(left.length, right.length, DISTANCE_CELLS_MAX));
    }
    row.query().checkCancelled();
    int[] distances = new int[right.length + 1];
    for (int j = 0; j <= right.length; j++) {
      distances[j] = j;
    }
    for (int i = 1; i <= left.length; i++) {
      int diagonal = distances[0];
      distances[0] = i;
      for (int j = 1; j <= right.length; j++) {
        int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
        diagonal = distances[j];
        distances[j] = Math.min(replaced, Math.min(distances[j], distances[j - 1]) + 1);
      }
    }
    return distances[right.length];
  }

  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String upper(String text) {
    return text.codePoints()
        .map(Character::toUpperCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String reversed(String text) {
    // Keeps surrogate pairs in their order.
    return new StringBuilder(text).reverse().toString();
  }

  private static String padded(Row row, boolean left) {
    String text = row.text(0);
    long size = row.number(1);
    String padding = row.text(2);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new BadValueException("Target length must be in the range [0..2147483647]");
    }
    if (padding.isEmpty()) {
      throw new BadValueException("Padding string must not be empty");
    }
    int length = length(text);
    if (size <= length) {
      return text.substring(0, text.offsetByCodePoints(0, (int) size));
    }
    checkLength(size);
    int missing = (int) size - length;
    int unit = length(padding);
    String filling =
        padding.repeat(missing / unit)
            + padding.substring(0, padding.offsetByCodePoints(0, missing % unit));
    return left ? filling + text : text + filling;
  }

  /** Without these characters, or white space, at its ends. */
  private static String trimmed(
      String text, @Nullable String characters, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && trims(text.codePointAt(start), characters)) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && start < end && trims(text.codePointBefore(end), characters)) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static boolean trims(int codePoint, @Nullable String characters) {
    return characters == null
        ? Character.isWhitespace(codePoint)
        : characters.indexOf(codePoint) >= 0;
  }

  private static String replaced(Row row) {
    String text = row.text(0);
    String search = row.text(1);
    String replacement = row.text(2);
    if (search.isEmpty()) {
      // Around every character, as Trino does.
      checkLength((long) (text.length() + 1) * (replacement.length() + 1));
      StringBuilder result = new StringBuilder(replacement);
      text.codePoints().forEach(codePoint -> result.appendCodePoint(codePoint).append(replacement));
      return result.toString();
    }
    if (replacement.length() > search.length()) {
      checkLength((long) text.length() / search.length() * replacement.length());
    }
    return text.replace(search, replacement);
  }

  private static String split(Row row) {
    String text = row.text(0);
    String delimiter = row.text(1);
    long limit = row.number(2);
    if (limit <= 0) {
      throw new BadValueException("Limit must be positive");
    }
    if (delimiter.isEmpty()) {
      throw new BadValueException("The delimiter may not be the empty string");
    }
    List<@Nullable String> parts = new ArrayList<>();
    int start = 0;
    int next = text.indexOf(delimiter);
    while (next >= 0 && parts.size() + 1 < limit) {
      parts.add(text.substring(start, next));
      start = next + delimiter.length();
      next = text.indexOf(delimiter, start);
    }
    parts.add(text.substring(start));
    return Json.array(parts);
  }

  private static @Nullable String splitPart(String text, String delimiter, long index) {
    if (index <= 0) {
      throw new BadValueException("Index must be greater than zero");
    }
    if (delimiter.isEmpty()) {
      // Every character is a part.
      return index > length(text) ? null : substring(text, index, 1);
    }
    int start = 0;
    for (long i = 1; i < index; i++) {
      int next = text.indexOf(delimiter, start);
      if (next < 0) {
        return null;
      }
      start = next + delimiter.length();
    }
    int end = text.indexOf(delimiter, start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static @Nullable String part(Row row) {
    return splitPart(row.text(0), row.text(1), row.number(2));
  }

  private static long first(Row row) {
    String text = row.text(0);
    String searched = row.text(1);
    long instance = positive(row.number(2));
    if (searched.isEmpty()) {
      return 1;
    }
    int index = -1;
    for (long i = 0; i < instance; i++) {
      index = text.indexOf(searched, index + 1);
      if (index < 0) {
        return 0;
      }
    }
    return text.codePointCount(0, index) + 1L;
  }

  private static long last(Row row) {
    String text = row.text(0);
    String searched = row.text(1);
    long instance = positive(row.number(2));
    if (searched.isEmpty()) {
      return 1;
    }
    int index = text.length();
    for (long i = 0; i < instance; i++) {
      index = index == 0 ? -1 : text.lastIndexOf(searched, index - 1);
      if (index < 0) {
        return 0;
      }
    }
    return text.codePointCount(0, index) + 1L;
  }

  private static long positive(long instance) {
    if (instance <= 0) {
      throw new BadValueException("'instance' must be a positive number.");
    }
    return instance;
  }

  /** From a start counted from 1, or from the end where it is negative. */
  private static String substring(String text, long start, long count) {
    int length = length(text);
    long from = start < 0 ? length + start : start - 1;
    if (start == 0 || from < 0 || from >= length || count <= 0) {
      return "";
    }
    int begin = text.offsetByCodePoints(0, (int) from);
    int end = text.offsetByCodePoints(begin, (int) Math.min(count, length - from));
    return text.substring(begin, end);
  }

  private static String substring(Row row) {
    return substring(row.text(0), row.number(1), row.number(2));
  }

  /** By code points, which is also the order of the engine. */
  private static String chosen(Row row, boolean greatest) {
    String left = row.text(0);
    String right = row.text(1);
    int order = java.util.Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    return order > 0 == greatest ? left : right;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void checkLength(long characters) {
    if (characters > CHARACTERS_MAX) {
      throw new BadValueException(
          "a text of more than %d characters would be built".formatted(CHARACTERS_MAX));
    }
  }
}
