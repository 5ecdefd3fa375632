// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with a text, up to a limit, with the site that is being read. */
public final class Problems {

  static final int MAX = 100;
  private static final int REASON_LENGTH_MAX = 500;

  private final String file;
  private final List<SiteProblem> all = new ArrayList<>();
  private String site = "";
  private int count;

  public Problems(String file) {
    this.file = file;
  }

  /** What follows is about this site. */
  public void about(String name) {
    site = name;
  }

  void note(int line, String field, String reason) {
    count++;
    if (all.size() < MAX) {
      all.add(new SiteProblem(file, line, printable(site), printable(field), printable(reason)));
    }
  }

  /** All that were noted, those beyond the limit included. */
  int count() {
    return count;
  }

  /** By line; those of one line as they were found. */
  public List<SiteProblem> all() {
    return all.stream().sorted(Comparator.comparingInt(SiteProblem::line)).toList();
  }

  /** One line, and not too long. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(REASON_LENGTH_MAX)
        .forEach(each -> {
          switch (each) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
              if (Character.isISOControl(each) || each == 0x2028 || each == 0x2029) {
                line.append("\\u%04x".formatted(each));
              } else {
                line.appendCodePoint(each);
              }
            }
          }
        });
    return line.toString();
  }
}
