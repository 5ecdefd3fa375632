// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.spelling.EditDistance;
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
        .filter(each -> EditDistance.isNear(distance(word, each), each))
        .min(Comparator.comparingInt(each -> distance(word, each)))
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }

  /** Without case and the marks between words. */
  private static int distance(String one, String other) {
    return EditDistance.between(letters(one), letters(other));
  }

  private static String letters(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
