// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A label matcher with Prometheus' meaning: an absent label is an empty value, and a regular
 * expression is RE2, anchored at both ends, with a dot that matches all (as Prometheus 3 has it).
 * Immutable and thread-safe.
 */
final class LabelMatcher {

  /** In the order of the protocol's numbers. */
  enum Type {
    EQUAL,
    NOT_EQUAL,
    REGEX,
    NOT_REGEX
  }

  private final Type type;
  private final String name;
  private final String value;
  private final @Nullable Pattern pattern;

  private LabelMatcher(Type type, String name, String value, @Nullable Pattern pattern) {
    this.type = type;
    this.name = name;
    this.value = value;
    this.pattern = pattern;
  }

  static LabelMatcher of(Type type, String name, String value) throws BadReadException {
    if (type == Type.EQUAL || type == Type.NOT_EQUAL) {
      return new LabelMatcher(type, name, value, null);
    }
    String problem = RegexCost.problem(value);
    if (problem != null) {
      throw new BadReadException(
          "matcher on label \"" + name + "\": regular expression is too large: " + problem);
    }
    try {
      return new LabelMatcher(type, name, value, Pattern.compile(value, Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new BadReadException(
          "matcher on label \"" + name + "\": bad regular expression: " + e.getDescription());
    }
  }

  Type type() {
    return type;
  }

  String name() {
    return name;
  }

  /** The text or the regular expression. */
  String value() {
    return value;
  }

  boolean isRegex() {
    return pattern != null;
  }

  boolean isNegative() {
    return type == Type.NOT_EQUAL || type == Type.NOT_REGEX;
  }

  /** What the positive form of this matcher accepts. */
  RegexShape shape() {
    return pattern == null ? new RegexShape.Literals(Set.of(value)) : RegexShape.of(value);
  }

  /** Whether a label value fits; empty for an absent label. */
  boolean matches(String labelValue) {
    boolean positive = pattern == null ? value.equals(labelValue) : pattern.matches(labelValue);
    return positive != isNegative();
  }

  @Override
  public String toString() {
    return name + ' ' + type + ' ' + value;
  }
}
