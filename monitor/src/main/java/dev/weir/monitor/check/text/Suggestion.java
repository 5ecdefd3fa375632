// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the word that may have been meant. */
final class Suggestion {

  /** Shorter words are near to anything; longer ones are no words. */
  private static final int LENGTH_MIN = 3;

  private static final int LENGTH_MAX = 64;

  private Suggestion() {}

  /** {@code "; did you mean X?"}, or nothing where none is near: a third may differ. */
  static String hint(String word, Collection<String> known) {
    if (word.length() < LENGTH_MIN || word.matches("[0-9.]*") || word.length() > LENGTH_MAX) {
      return "";
    }
    return known.stream()
        .filter(each -> each.length() >= LENGTH_MIN)
        .filter(each -> distance(word, each) <= Math.max(1, (each.length() + 1) / 3))
        .min(Comparator.comparingInt(each -> distance(word, each)))
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }

  /** Levenshtein's, without case and the marks between words. */
  private static int distance(String one, String other) {
    String a = letters(one);
    String b = letters(other);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }

  private static String letters(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
