// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.exchange.Handler;
import dev.weir.server.Door;
import dev.weir.server.Route;
import java.util.List;

/** Where Prometheus writes and reads: the AWS connector's paths, and those of Prometheus itself. */
final class PrometheusRoutes {

  private PrometheusRoutes() {}

  static List<Route> of(Handler write, Handler read) {
    return List.of(
        Route.post(Door.PROMETHEUS, "/write", write),
        Route.post(Door.PROMETHEUS, "/api/v1/write", write),
        Route.post(Door.PROMETHEUS, "/read", read),
        Route.post(Door.PROMETHEUS, "/api/v1/read", read));
  }
}
