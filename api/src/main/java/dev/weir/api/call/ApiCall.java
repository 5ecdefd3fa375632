// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import dev.weir.exchange.Request;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One call of an operation, by somebody who may make it.
 *
 * @param request as it came
 * @param caller who has the operation's role, for the path's customer where it has one
 * @param admitted whether the caller would still be let in; for answers that go on for long
 * @param path what stands at the places of the operation's path
 */
public record ApiCall(
    Request request, Caller caller, BooleanSupplier admitted, Map<String, String> path) {

  public ApiCall {
    path = Map.copyOf(path);
  }

  /** The query; a parameter that is not one of these is refused. */
  public QueryParameters query(String... known) {
    return QueryParameters.of(request.query(), List.of(known));
  }

  /** What stands at a place of the path. */
  public String path(String place) {
    String value = path.get(place);
    if (value == null) {
      throw new IllegalArgumentException("the path has no place " + place);
    }
    return value;
  }
}
