// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import dev.weir.api.site.SiteStates;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.notice.IncidentBook;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * States for one call, without a question to Timestream: a site with an open incident is down; of
 * any other the documents know nothing. The incidents of a customer are read once, when the first
 * of its sites is asked for. Not thread-safe.
 */
final class OpenIncidentStates implements SiteStates {

  private final IncidentBook incidents;
  private final Map<String, Set<SiteKey>> down = new HashMap<>();

  OpenIncidentStates(IncidentBook incidents) {
    this.incidents = incidents;
  }

  @Override
  public State ofResults(Site site) {
    Set<SiteKey> open =
        down.computeIfAbsent(
            site.key().customer(),
            customer ->
                incidents.open(customer).stream().map(Incident::site).collect(Collectors.toSet()));
    return open.contains(site.key()) ? State.DOWN : State.UNKNOWN;
  }
}
