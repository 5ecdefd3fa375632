// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.server.Route;
import dev.weir.server.connector.Writers;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.timestream.TimestreamStores;
import java.util.List;

/**
 * What else answers on the port of a Weir on Timestream. The connector has nothing, and its archive
 * nothing of what {@code weir serve} opens here.
 */
interface RoutesBeside {

  RoutesBeside NONE = (stores, metrics, writers, parts) -> List.of();

  /**
   * Opens it, with what it has to close among the parts.
   *
   * @param writers who writes to the doors of Prometheus
   */
  List<Route> open(
      TimestreamStores stores, WeirMetrics metrics, Writers writers, RunningParts parts);
}
