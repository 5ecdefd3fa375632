// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Response;
import dev.weir.store.StoreHealth;
import java.util.function.BooleanSupplier;

/** Liveness and readiness; they need no credentials and take any Host. */
final class HealthPaths {

  private static final String HEALTHY = "/-/healthy";
  private static final String READY = "/-/ready";

  private final StoreHealth store;
  private final BooleanSupplier draining;

  HealthPaths(StoreHealth store, BooleanSupplier draining) {
    this.store = store;
    this.draining = draining;
  }

  boolean answers(String path) {
    return HEALTHY.equals(path) || READY.equals(path);
  }

  Response answer(String method, String path) {
    if (!"GET".equals(method) && !"HEAD".equals(method)) {
      return Response.text(405, "this path takes GET, HEAD").with("Allow", "GET, HEAD");
    }
    if (HEALTHY.equals(path)) {
      return Response.text(200, "Weir is healthy.");
    }
    if (draining.getAsBoolean()) {
      return notReady("Weir is going down.");
    }
    StoreHealth.Health health = store.health();
    return health.ready()
        ? Response.text(200, "Weir is ready.")
        : notReady("Weir is not ready: " + health.message());
  }

  private static Response notReady(String why) {
    return Response.text(503, why).with("Retry-After", "1");
  }
}
