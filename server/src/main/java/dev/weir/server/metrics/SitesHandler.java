// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.blackbox.LatestResults;

/** {@code GET /metrics/sites}: what the last runs of all sites gave. */
public final class SitesHandler implements Handler {

  private final LatestResults results;
  private final Exposition exposition = new Exposition();

  public SitesHandler(LatestResults results) {
    this.results = results;
  }

  @Override
  public Response handle(Request request) {
    return exposition.answer(request, Exposition.of(results.metrics()));
  }
}
