// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Problem;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * All operations: finds the one that is asked for, and holds the caller to its role. What belongs
 * to a customer that the caller does not see is answered as if it were not there. Thread-safe.
 */
public final class Api {

  private final List<Operation> operations;

  public Api(List<Operation> operations) {
    this.operations = List.copyOf(operations);
  }

  /** What it answers; the OpenAPI document is held to it. */
  public List<Operation> operations() {
    return operations;
  }

  /** The first segments below {@code /api/v1/} that it answers at, such as {@code sites}. */
  public List<String> roots() {
    return operations.stream().map(each -> each.path().split("/", -1)[3]).distinct().toList();
  }

  /** Answers one call of somebody who stays who they are. */
  public Response handle(Request request, Caller caller) {
    return handle(request, caller, () -> true);
  }

  /**
   * Answers one call.
   *
   * @param admitted whether the caller would still be let in; asked while an answer goes on
   */
  public Response handle(Request request, Caller caller, BooleanSupplier admitted) {
    String path = request.path();
    String asked = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<Operation> there = new ArrayList<>();
    for (Operation each : operations) {
      Optional<Map<String, String>> places = places(each.path(), asked);
      if (places.isPresent()) {
        if (takes(each, request.method())) {
          return answer(each, new ApiCall(request, caller, admitted, places.get()));
        }
        there.add(each);
      }
    }
    return there.isEmpty()
        ? Problem.notFound("nothing answers at this path")
        : Problem.wrongMethod(allowed(there));
  }

  private static Response answer(Operation operation, ApiCall call) {
    String customer = call.path().get(Operation.CUSTOMER);
    if (customer != null && !call.caller().sees(customer)) {
      return Problem.notFound("there is nothing of that name");
    }
    boolean may =
        customer == null
            ? call.caller().may(operation.role())
            : call.caller().may(operation.role(), customer);
    if (!may) {
      return Problem.of(
          StoreException.Kind.DENIED, "this needs the role " + operation.role().spelling());
    }
    try {
      return operation.answer().answer(call);
    } catch (StoreException e) {
      return Problem.of(e);
    }
  }

  private static boolean takes(Operation operation, String method) {
    return operation.method().equals(method)
        || (method.equals("HEAD") && operation.method().equals("GET"));
  }

  /** What stands at the places of a path; empty where it is another path. */
  private static Optional<Map<String, String>> places(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> places = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        if (given[i].isEmpty()) {
          return Optional.empty();
        }
        places.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(places);
  }

  private static String allowed(List<Operation> operations) {
    TreeSet<String> methods = new TreeSet<>();
    for (Operation each : operations) {
      methods.add(each.method());
      if (each.method().equals("GET")) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }
}
