// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

/** Escapes text between double quotes as JSON does; logfmt readers understand the same. */
public final class Escapes {

  private Escapes() {}

  /** Appends what stands between two quotes for this text. */
  public static void append(StringBuilder line, String text) {
    append(line, text, true);
  }

  /**
   * Appends text without quotes around it: only what would spoil a line or a terminal is escaped.
   */
  public static void appendControls(StringBuilder line, String text) {
    append(line, text, false);
  }

  private static void append(StringBuilder line, String text, boolean quoted) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> line.append(quoted ? "\\\"" : "\"");
        case '\\' -> line.append(quoted ? "\\\\" : "\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          // Unpaired surrogates, C1 controls and Unicode's own line ends would spoil a terminal.
          if (c < ' '
              || (c >= 0x7f && c < 0xa0)
              || c == 0x2028
              || c == 0x2029
              || unpaired(text, i)) {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
  }

  private static boolean unpaired(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
