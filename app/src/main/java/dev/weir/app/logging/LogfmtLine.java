// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

/** {@code key=value key="value with spaces"}; whatever would break the line is escaped. */
final class LogfmtLine implements LogLine {

  @Override
  public void begin(StringBuilder line) {}

  @Override
  public void field(StringBuilder line, String key, Object value) {
    if (!line.isEmpty()) {
      line.append(' ');
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      line.append(plain(c) ? c : '_');
    }
    line.append('=');
    String text = String.valueOf(value);
    if (!text.isEmpty() && text.chars().allMatch(c -> plain((char) c))) {
      line.append(text);
    } else {
      line.append('"');
      Escapes.append(line, text);
      line.append('"');
    }
  }

  @Override
  public void end(StringBuilder line) {
    line.append('\n');
  }

  private static boolean plain(char c) {
    return c > ' '
        && c != '"'
        && c != '='
        && c != '\\'
        && (c < 0x7f || c > 0xa0)
        && c != 0x2028
        && c != 0x2029;
  }
}
