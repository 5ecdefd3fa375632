// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Answers scrapes. */
final class ScrapeHandler implements Handler {

  private final PrometheusRegistry registry;
  private final Exposition exposition = new Exposition();

  ScrapeHandler(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Response handle(Request request) {
    return exposition.answer(request, registry.scrape());
  }
}
