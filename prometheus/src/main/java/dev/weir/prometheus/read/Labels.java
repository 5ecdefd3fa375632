// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a series, the metric name among them, sorted by name. Compared as Prometheus
 * compares them: label by label, name then value, as UTF-8 bytes; the shorter of two that begin
 * alike is first. Immutable.
 */
final class Labels implements Comparable<Labels> {

  private final String[] names;
  private final String[] values;
  private final int hash;

  /** Takes the arrays as they are; names are sorted and none is there twice. */
  Labels(String[] names, String[] values) {
    this.names = names;
    this.values = values;
    this.hash = Arrays.hashCode(names) * 31 + Arrays.hashCode(values);
  }

  /** The same labels in texts that are shared by all who share the pool. */
  Labels pooled(UnaryOperator<String> pool) {
    String[] pooledValues = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      pooledValues[i] = pool.apply(values[i]);
    }
    return new Labels(names, pooledValues);
  }

  int size() {
    return names.length;
  }

  String name(int index) {
    return names[index];
  }

  String value(int index) {
    return values[index];
  }

  /** The value of a label, empty where it is absent. */
  String value(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return "";
  }

  String metric() {
    return value(METRIC_LABEL);
  }

  @Override
  public int compareTo(Labels other) {
    int common = Math.min(names.length, other.names.length);
    for (int i = 0; i < common; i++) {
      int order = compareUtf8(names[i], other.names[i]);
      if (order == 0) {
        order = compareUtf8(values[i], other.values[i]);
      }
      if (order != 0) {
        return order;
      }
    }
    return names.length - other.names.length;
  }

  /** The order of the UTF-8 bytes, which is that of the code points and not of Java's chars. */
  static int compareUtf8(String one, String two) {
    int common = Math.min(one.length(), two.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = two.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : a - b;
      }
    }
    return one.length() - two.length();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Labels that
            && hash == that.hash
            && Arrays.equals(names, that.names)
            && Arrays.equals(values, that.values));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      text.append(i == 0 ? "" : ",").append(names[i]).append("=\"").append(values[i]).append('"');
    }
    return text.append('}').toString();
  }
}
