// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.spelling.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a person may have meant. */
public final class Suggestion {

  private Suggestion() {}

  /** The nearest known word, if it is near: a third of its letters may differ. */
  public static Optional<String> near(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> EditDistance.isNear(EditDistance.between(word, candidate), candidate))
        .min(Comparator.comparingInt(candidate -> EditDistance.between(word, candidate)));
  }

  /** {@code " (did you mean X?)"}, or nothing. */
  public static String hint(String prefix, String word, Collection<String> known) {
    return near(word, known).map(near -> " (did you mean " + prefix + near + "?)").orElse("");
  }
}
