// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scalar function that the engine calls. Arrays, rows and times series can't be handed over: they
 * cross as text (JSON for arrays of text, see {@link Json}).
 *
 * @param name as in the engine's SQL, without prefix
 * @param parameters types of the arguments; the number of the query, which comes first in the
 *     engine's SQL, is not one of them
 * @param result type of what {@code body} returns
 * @param takesNulls whether the body is called when an argument is NULL; else the result is NULL
 * @param body called for each row, by several threads at a time
 */
public record JavaFunction(
    String name, List<Type> parameters, Type result, boolean takesNulls, Body body) {

  public JavaFunction {
    parameters = List.copyOf(parameters);
  }

  /** What crosses between the engine and Java. */
  public enum Type {
    /** Signed 64 bits; also every time, date and interval. */
    BIGINT(Long.class),
    DOUBLE(Double.class),
    VARCHAR(String.class),
    BOOLEAN(Boolean.class);

    private final Class<?> javaType;

    Type(Class<?> javaType) {
      this.javaType = javaType;
    }

    Class<?> javaType() {
      return javaType;
    }
  }

  /** What the function does with one row. */
  @FunctionalInterface
  public interface Body {

    /**
     * The result: a Long, Double, String or Boolean as declared, or null for NULL.
     *
     * @throws BadValueException when the arguments can't be taken
     */
    @Nullable Object call(Row row);
  }

  /** A function that is NULL where an argument is. */
  public static JavaFunction of(String name, Type result, Body body, Type... parameters) {
    return new JavaFunction(name, List.of(parameters), result, false, body);
  }

  /** A function that is asked even where an argument is NULL. */
  public static JavaFunction takingNulls(String name, Type result, Body body, Type... parameters) {
    return new JavaFunction(name, List.of(parameters), result, true, body);
  }

  /**
   * The call in the engine's SQL. It holds a place for the number of the query, which {@link
   * QueryCalls#bind} fills.
   */
  public static String sql(String name, List<String> arguments) {
    StringBuilder sql = new StringBuilder(FunctionRegistry.PREFIX).append(name).append('(');
    sql.append(QueryCalls.PLACE);
    arguments.forEach(argument -> sql.append(", ").append(argument));
    return sql.append(')').toString();
  }

  /** The call in the engine's SQL. */
  public static String sql(String name, String... arguments) {
    return sql(name, List.of(arguments));
  }
}
