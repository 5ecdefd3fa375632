// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.checks.SiteWatch;
import dev.weir.app.settings.ChecksSettings;
import dev.weir.app.settings.UsageException;
import dev.weir.monitor.blackbox.BlackboxModules;
import dev.weir.monitor.blackbox.BlackboxProbe;
import dev.weir.monitor.check.SiteKey;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.metrics.ProbeHandler;
import dev.weir.server.metrics.SitesHandler;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Prometheus scrapes of websites: probes on request, and the last results of all sites. */
final class PrometheusProbes {

  private static final Logger LOG = LoggerFactory.getLogger(PrometheusProbes.class);

  private PrometheusProbes() {}

  /**
   * Probes with the prober of the schedule, where the default customer's checks may connect to.
   *
   * @throws UsageException where the modules file is not right
   */
  static List<Route> routes(ChecksSettings settings, SiteWatch watch) {
    BlackboxModules modules;
    try {
      modules =
          settings
              .probeConfigFile()
              .map(BlackboxModules::load)
              .orElseGet(BlackboxModules::withoutFile);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    modules.unsupported().forEach(LOG::warn);
    BlackboxProbe probe =
        new BlackboxProbe(modules, watch.prober(), settings.policy(SiteKey.DEFAULT_CUSTOMER));
    return List.of(
        new Route(Door.PROMETHEUS, "/probe", Set.of(), new ProbeHandler(probe)),
        Route.get(Door.PROMETHEUS, "/metrics/sites", new SitesHandler(watch.latest())));
  }
}
