// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import java.util.Collection;

/**
 * Builds Timestream SQL from constant text and quoted values. Whatever comes from outside goes
 * through {@link #identifier} or {@link #literal}; nothing else may be put into a query. Not
 * thread-safe.
 */
public final class SqlText {

  private final StringBuilder text = new StringBuilder(256);

  /** Appends text that is written in our own source. */
  public SqlText raw(String constant) {
    text.append(constant);
    return this;
  }

  /** Appends a quoted identifier; a quote inside is doubled. */
  public SqlText identifier(String name) {
    quote('"', name);
    return this;
  }

  /** Appends a character literal; a quote inside is doubled. Nothing else is special in it. */
  public SqlText literal(String value) {
    quote('\'', value);
    return this;
  }

  /** Appends an integer. */
  public SqlText number(long value) {
    text.append(value);
    return this;
  }

  /** Appends literals, separated by commas. */
  public SqlText literals(Collection<String> values) {
    String separator = "";
    for (String value : values) {
      text.append(separator);
      quote('\'', value);
      separator = ", ";
    }
    return this;
  }

  /** Characters so far. */
  public int length() {
    return text.length();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void quote(char mark, String value) {
    text.append(mark);
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == mark) {
        text.append(mark);
      }
      text.append(character);
    }
    text.append(mark);
  }
}
