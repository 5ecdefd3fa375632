// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudFormation's functions, as far as Weir's templates use them, over the values of parameters.
 * What only a stack would know, such as a resource's ARN, becomes its name in braces: {@code
 * {Function.Arn}}.
 */
final class Functions {

  private static final Object NO_VALUE = new Object();
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]+)}");

  private final Map<String, Object> values;
  private final Map<String, Object> conditions;

  /**
   * Makes the functions of one stack.
   *
   * @param values of parameters and pseudo parameters
   * @param conditions as they were written
   */
  Functions(Map<String, Object> values, Map<String, Object> conditions) {
    this.values = Map.copyOf(values);
    this.conditions = Map.copyOf(conditions);
  }

  Object resolved(Object written) {
    return switch (written) {
      case List<?> list -> resolvedList(list);
      case Map<?, ?> map -> resolvedMap(Shape.map(map));
      default -> written;
    };
  }

  /** Whether a condition holds. */
  boolean holds(String condition) {
    Object written = conditions.get(condition);
    if (written == null) {
      throw new IllegalArgumentException("there is no condition " + condition);
    }
    return resolved(written).equals("true");
  }

  private List<Object> resolvedList(List<?> list) {
    List<Object> resolved = new ArrayList<>();
    for (Object each : list) {
      Object value = resolved(each);
      if (value != NO_VALUE) {
        resolved.add(value);
      }
    }
    return resolved;
  }

  private Object resolvedMap(Map<String, Object> map) {
    if (map.size() == 1) {
      Map.Entry<String, Object> only = map.entrySet().iterator().next();
      if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
        return called(only.getKey(), only.getValue());
      }
    }
    Map<String, Object> resolved = new LinkedHashMap<>();
    map.forEach((name, each) -> {
      Object value = resolved(each);
      if (value != NO_VALUE) {
        resolved.put(name, value);
      }
    });
    return resolved;
  }

  private Object called(String function, Object written) {
    List<Object> arguments = Shape.list(written);
    return switch (function) {
      case "Ref" -> ref(Shape.text(written));
      case "Fn::GetAtt" ->
          "{" + String.join(".", arguments.stream().map(Shape::text).toList()) + "}";
      case "Fn::If" -> resolved(arguments.get(holds(Shape.text(arguments.getFirst())) ? 1 : 2));
      case "Fn::Equals" ->
          truth(resolved(arguments.getFirst()).equals(resolved(arguments.getLast())));
      case "Fn::Not" -> truth(!resolved(arguments.getFirst()).equals("true"));
      case "Fn::Base64" -> resolved(written);
      case "Fn::Select" ->
          Shape.list(resolved(arguments.getLast()))
              .get(Integer.parseInt(Shape.text(arguments.getFirst())));
      case "Fn::Sub" -> substituted(arguments);
      default -> throw new IllegalArgumentException("function " + function + " is not known here");
    };
  }

  private static String truth(boolean value) {
    return Boolean.toString(value);
  }

  private Object ref(String name) {
    if (name.equals("AWS::NoValue")) {
      return NO_VALUE;
    }
    Object value = values.get(name);
    return value == null ? "{" + name + "}" : value;
  }

  private String substituted(List<Object> arguments) {
    Map<String, Object> own = new HashMap<>();
    if (arguments.size() > 1) {
      own.putAll(Shape.map(resolved(arguments.get(1))));
    }
    Matcher place = PLACE.matcher(Shape.text(arguments.getFirst()));
    return place.replaceAll(found -> {
      String name = found.group(1);
      Object value = own.containsKey(name) ? own.get(name) : ref(name);
      return Matcher.quoteReplacement(Shape.text(value));
    });
  }
}
