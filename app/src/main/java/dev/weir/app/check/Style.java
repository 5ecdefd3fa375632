// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.app.cli.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What may be used on this terminal.
 *
 * @param unicode whether more than ASCII arrives
 * @param colour whether colours may be switched
 */
record Style(boolean unicode, boolean colour) {

  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  /**
   * Found out.
   *
   * @param screen whether standard output is a terminal at all
   */
  static Style of(Terminal terminal, boolean screen) {
    Map<String, String> environment = terminal.environment();
    String kind = environment.getOrDefault("TERM", "dumb");
    boolean colour =
        screen
            && environment.getOrDefault("NO_COLOR", "").isEmpty() // https://no-color.org
            && !kind.equals("dumb")
            && !kind.isEmpty();
    return new Style(terminal.out().charset().equals(StandardCharsets.UTF_8), colour);
  }

  /** What bars are made of. */
  String block() {
    return unicode ? "█" : "#";
  }

  /** Where it ended. */
  String cross() {
    return unicode ? "✗" : "x";
  }

  /** For what was cut off. */
  String ellipsis() {
    return unicode ? "…" : "...";
  }

  String judged(boolean up) {
    String word = up ? "up" : "down";
    return colour ? (up ? GREEN : RED) + word + PLAIN : word;
  }
}
