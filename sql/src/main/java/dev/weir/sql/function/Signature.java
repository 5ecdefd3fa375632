// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.function;

import java.util.List;

/**
 * One form of a function.
 *
 * @param parameters patterns of the arguments
 * @param variadic whether the last one may be repeated
 * @param result pattern of the result; its variables occur in the parameters
 * @param text as declared, such as {@code max_by(T, U) -> T}
 */
public record Signature(
    List<TypePattern> parameters, boolean variadic, TypePattern result, String text) {

  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** Whether it can be called with that number of arguments. */
  public boolean takes(int arguments) {
    return variadic ? arguments >= parameters.size() : arguments == parameters.size();
  }

  /** The pattern of an argument, counted from 0. */
  public TypePattern parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }
}
