// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.spelling;

/** Levenshtein's distance of two words. */
public final class EditDistance {

  private EditDistance() {}

  /** How many letters have to be put in, taken out or changed to come from one to the other. */
  public static int between(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[other.length()];
  }

  /** Whether a word is near to a known one: a third of that one's letters may differ. */
  public static boolean isNear(int distance, String known) {
    return distance <= Math.max(1, (known.length() + 1) / 3);
  }
}
