// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.site;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteDifference;
import java.util.List;

/**
 * What would become of the set of sites, to be shown and then applied. It belongs to the versions
 * that were there when it was made.
 *
 * @param unchanged wanted, and there in the same form already
 */
public record SitePlan(
    List<Addition> additions,
    List<Change> changes,
    List<Removal> removals,
    List<SiteKey> unchanged) {

  public SitePlan {
    additions = List.copyOf(additions);
    changes = List.copyOf(changes);
    removals = List.copyOf(removals);
    unchanged = List.copyOf(unchanged);
  }

  /** A site that is not there yet. */
  public record Addition(Site site) {}

  /**
   * A site that is there in another form.
   *
   * @param version of what is there now
   */
  public record Change(Site site, long version, List<SiteDifference> differences) {
    public Change {
      differences = List.copyOf(differences);
    }
  }

  /**
   * A site that is there and not wanted.
   *
   * @param version of what is there now
   */
  public record Removal(SiteKey key, long version) {}

  /** Whether applying it would change nothing. */
  public boolean isEmpty() {
    return additions.isEmpty() && changes.isEmpty() && removals.isEmpty();
  }
}
