// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.cli;

import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.Settings;
import java.util.List;

/** Something that {@code weir} does. */
public interface Verb {

  /** The word. */
  String name();

  /** The words after it, such as {@code DIR}, or {@code [SQL]} for one that may be left out. */
  String operands();

  /** One line for the list of verbs. */
  String summary();

  /** What it takes, in the order of its help. */
  List<Flag<?>> flags();

  /** How its booleans are written. */
  default Arguments.BooleanStyle booleanStyle() {
    return Arguments.BooleanStyle.ALONE;
  }

  /** The exit code where it was called or configured wrongly. */
  default int usageStatus() {
    return 1;
  }

  /**
   * Does it, and returns when it is done.
   *
   * @return the exit code
   */
  int run(Arguments arguments, Settings settings, Terminal terminal);
}
