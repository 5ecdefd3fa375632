// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came out wrong. Figures may be slow on a busy machine; results may not be wrong. */
final class Findings {

  private final List<String> wrong = new ArrayList<>();

  void equal(String what, long expected, long found) {
    if (expected != found) {
      wrong.add(String.format(Locale.ROOT, "%s: %,d instead of %,d", what, found, expected));
    }
  }

  void fail(String what) {
    wrong.add(what);
  }

  /** Prints what is wrong and gives the exit status. */
  int exitStatus() {
    wrong.forEach(each -> System.out.println("WRONG: " + each));
    return wrong.isEmpty() ? 0 : 1;
  }
}
