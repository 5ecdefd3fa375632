// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.util.Objects.requireNonNull;

import dev.weir.exchange.Handler;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A path of a door and who answers it.
 *
 * @param door whose credentials it needs
 * @param path begins with a slash, matched whole; one that ends in {@code /*} takes every path
 *     below, where no route has the whole path
 * @param methods upper case; GET brings HEAD with it. Empty: the handler judges the method itself
 * @param handler answers; the server has judged credentials, method and declared length before
 */
public record Route(Door door, String path, Set<String> methods, Handler handler) {

  /** The end of a path that stands for all paths below. */
  static final String BELOW = "/*";

  public Route {
    requireNonNull(door, "door");
    requireNonNull(handler, "handler");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path " + path + " does not begin with a slash");
    }
    TreeSet<String> all = new TreeSet<>(methods);
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    methods = Set.copyOf(all);
  }

  /** A path that takes only POST. */
  public static Route post(Door door, String path, Handler handler) {
    return new Route(door, path, Set.of("POST"), handler);
  }

  /** A path that takes GET and HEAD. */
  public static Route get(Door door, String path, Handler handler) {
    return new Route(door, path, Set.of("GET"), handler);
  }

  /** A path and all below it, for a handler that judges methods and the rest of the path itself. */
  public static List<Route> tree(Door door, String path, Handler handler) {
    return List.of(
        new Route(door, path, Set.of(), handler), new Route(door, path + BELOW, Set.of(), handler));
  }

  boolean takes(String method) {
    return methods.isEmpty() || methods.contains(method);
  }
}
