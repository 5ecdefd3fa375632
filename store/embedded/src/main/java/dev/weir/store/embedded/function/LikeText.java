// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

/** LIKE with an escape character, by code points; at most text times pattern steps. */
public final class LikeText {

  private static final int ANY = -1;
  private static final int ANY_ONE = -2;

  private LikeText() {}

  /** Whether every escape character stands before something that needs one. */
  public static boolean isValid(String pattern, String escape) {
    try {
      return parts(pattern, escape).length <= pattern.length();
    } catch (BadValueException e) {
      return false;
    }
  }

  static boolean matches(String text, String pattern, String escape) {
    int[] parts = parts(pattern, escape);
    int[] characters = text.codePoints().toArray();
    int character = 0;
    int part = 0;
    int restart = -1;
    int restartPart = -1;
    while (character < characters.length) {
      if (part < parts.length && parts[part] == ANY) {
        restart = character;
        restartPart = ++part;
      } else if (part < parts.length
          && (parts[part] == ANY_ONE || parts[part] == characters[character])) {
        part++;
        character++;
      } else if (restart >= 0) {
        character = ++restart;
        part = restartPart;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part] == ANY) {
      part++;
    }
    return part == parts.length;
  }

  /** Code points, and the two wildcards as negative numbers. */
  private static int[] parts(String pattern, String escape) {
    int[] codePoints = pattern.codePoints().toArray();
    int[] mark = escape.codePoints().toArray();
    if (mark.length != 1) {
      throw new BadValueException("Escape string must be a single character");
    }
    int[] parts = new int[codePoints.length];
    int size = 0;
    for (int i = 0; i < codePoints.length; i++) {
      int codePoint = codePoints[i];
      if (codePoint == mark[0]) {
        i++;
        if (i == codePoints.length
            || (codePoints[i] != '%' && codePoints[i] != '_' && codePoints[i] != mark[0])) {
          throw new BadValueException(
              "Escape character must be followed by '%', '_' or the escape character itself");
        }
        parts[size++] = codePoints[i];
      } else {
        parts[size++] = codePoint == '%' ? ANY : codePoint == '_' ? ANY_ONE : codePoint;
      }
    }
    return java.util.Arrays.copyOf(parts, size);
  }
}
