// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Routes of the open doors by path. */
final class Routes {

  private final Map<String, List<Route>> byPath = new HashMap<>();

  Routes(List<Route> routes, Set<Door> open) {
    for (Route route : routes) {
      if (!open.contains(route.door())) {
        continue;
      }
      List<Route> same = byPath.computeIfAbsent(route.path(), _ -> new ArrayList<>());
      for (Route other : same) {
        if (other.methods().isEmpty()
            || route.methods().isEmpty()
            || route.methods().stream().anyMatch(other::takes)) {
          throw new IllegalArgumentException("two routes for " + route.path());
        }
      }
      same.add(route);
    }
  }

  /** All routes of a path; empty where nothing is. */
  List<Route> at(String path) {
    List<Route> whole = byPath.get(path);
    for (int slash = path.lastIndexOf('/'); whole == null && slash > 0; ) {
      whole = byPath.get(path.substring(0, slash) + Route.BELOW);
      slash = path.lastIndexOf('/', slash - 1);
    }
    return whole == null ? List.of() : whole;
  }

  static Optional<Route> taking(List<Route> routes, String method) {
    return routes.stream().filter(route -> route.takes(method)).findFirst();
  }

  /** The Allow header of a path. */
  static String allowed(List<Route> routes) {
    TreeSet<String> methods = new TreeSet<>();
    routes.forEach(route -> methods.addAll(route.methods()));
    return String.join(", ", methods);
  }
}
