// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The last runs of a site, over its regions. Not thread-safe. */
final class RunStrip {

  /** As many as a row of the overview shows. */
  static final int RUNS_MAX = 50;

  private final ArrayList<RunMark> marks = new ArrayList<>();

  /** Takes a run once, in whatever order they come; a run of a slot replaces its miss. */
  void add(RunMark mark) {
    int found = Collections.binarySearch(marks, mark);
    if (found >= 0) {
      if (marks.get(found).missed()) {
        marks.set(found, mark);
      }
      return;
    }
    marks.add(-found - 1, mark);
    if (marks.size() > RUNS_MAX) {
      marks.removeFirst();
    }
  }

  /** Keeps the runs of these regions. */
  void retain(List<String> regions) {
    marks.removeIf(mark -> !regions.contains(mark.region()));
  }

  /** Oldest first. */
  List<RunMark> marks() {
    return List.copyOf(marks);
  }
}
