// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.site;

import java.util.List;
import java.util.Optional;

/**
 * Some sites of a list, ordered by customer and id.
 *
 * @param next where to go on; empty at the end
 */
public record SitePage(List<StoredSite> sites, Optional<String> next) {
  public SitePage {
    sites = List.copyOf(sites);
  }
}
