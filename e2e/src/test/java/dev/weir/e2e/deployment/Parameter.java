// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a template, with the rules by which CloudFormation refuses a value before it makes
 * anything (CloudFormation user guide, "CloudFormation template Parameters syntax").
 */
public final class Parameter {

  private final Map<String, Object> written;

  Parameter(Map<String, Object> written) {
    this.written = Map.copyOf(written);
  }

  String type() {
    return Shape.text(written.get("Type"));
  }

  Optional<String> defaultValue() {
    return Optional.ofNullable(written.get("Default")).map(Shape::text);
  }

  boolean isList() {
    return type().equals("CommaDelimitedList") || type().startsWith("List<");
  }

  /** Says what to write instead where a value is refused. */
  Optional<String> explanation() {
    return Optional.ofNullable(written.get("ConstraintDescription")).map(Shape::text);
  }

  boolean hasPattern() {
    return written.containsKey("AllowedPattern");
  }

  /** Whether a value is let in; of a list, each of its members must be. */
  boolean accepts(String value) {
    List<String> members = isList() ? List.of(value.split(",", -1)) : List.of(value);
    return members.stream().allMatch(this::acceptsOne);
  }

  private boolean acceptsOne(String value) {
    Object pattern = written.get("AllowedPattern");
    if (pattern != null && !Pattern.matches(Shape.text(pattern), value)) {
      return false;
    }
    List<Object> allowed = Shape.list(written.get("AllowedValues"));
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      return false;
    }
    return !type().equals("Number") || isWithin(value);
  }

  private boolean isWithin(String value) {
    try {
      BigDecimal number = new BigDecimal(value);
      return (number(written.get("MinValue")) instanceof BigDecimal min
              ? number.compareTo(min) >= 0
              : true)
          && (number(written.get("MaxValue")) instanceof BigDecimal max
              ? number.compareTo(max) <= 0
              : true);
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static @Nullable BigDecimal number(@Nullable Object written) {
    return written == null ? null : new BigDecimal(Shape.text(written));
  }
}
