// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

/** One JSON object; numbers and booleans stay what they are. */
final class JsonLine implements LogLine {

  @Override
  public void begin(StringBuilder line) {
    line.append('{');
  }

  @Override
  public void field(StringBuilder line, String key, Object value) {
    if (line.length() > 1) {
      line.append(',');
    }
    quote(line, key);
    line.append(':');
    if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
      line.append(value);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      line.append(number.doubleValue());
    } else {
      quote(line, String.valueOf(value));
    }
  }

  @Override
  public void end(StringBuilder line) {
    line.append("}\n");
  }

  private static void quote(StringBuilder line, String text) {
    line.append('"');
    Escapes.append(line, text);
    line.append('"');
  }
}
