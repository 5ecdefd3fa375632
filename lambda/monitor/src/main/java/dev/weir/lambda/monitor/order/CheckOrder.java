// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.order;

import dev.weir.monitor.check.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sites that are to be checked.
 *
 * <p>As JSON: {@code {"slot":"2026-11-22T10:00:00Z","region":"eu-west-1","sites":[{"site":{…}}]}},
 * each site as {@link dev.weir.monitor.check.text.SiteWriter} writes it, and with {@code
 * "at":"2026-11-22T10:00:12.250Z"} beside it where its moment is another one than the order's.
 * {@code "id"} beside the slot names an order that is to be done once.
 *
 * @param id the same whenever the same order is written; empty where nobody counts them
 * @param slot when its sites are due that don't say otherwise
 * @param region where they are checked from, as AWS names it
 * @param entries 1 to {@link #SITES_MAX}
 */
public record CheckOrder(Optional<String> id, Instant slot, String region, List<Entry> entries) {

  /** So many sites fit in an invocation with room for each one's timeout. */
  public static final int SITES_MAX = 100;

  /** Of an order as UTF-8: an asynchronous invocation and a message have as much. */
  public static final int BYTES_MAX = 256 << 10;

  /** Characters of an id. */
  public static final int ID_LENGTH_MAX = 256;

  /** Of one site as UTF-8, so that an order and a report of it each fit in their message. */
  public static final int SITE_BYTES_MAX = 192 << 10;

  /**
   * One site.
   *
   * @param at when it is due; empty where the order's slot says it
   */
  public record Entry(Site site, Optional<Instant> at) {

    /** A site that is due at the order's slot. */
    public Entry(Site site) {
      this(site, Optional.empty());
    }
  }

  public CheckOrder {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || entries.size() > SITES_MAX) {
      throw new IllegalArgumentException(
          "an order has 1 to %d sites, not %d".formatted(SITES_MAX, entries.size()));
    }
    if (id.isPresent() && (id.get().isEmpty() || id.get().length() > ID_LENGTH_MAX)) {
      throw new IllegalArgumentException(
          "the id of an order has 1 to %d characters".formatted(ID_LENGTH_MAX));
    }
    if (region.isEmpty()) {
      throw new IllegalArgumentException("an order names its region");
    }
  }

  /** An order without an id. */
  public CheckOrder(Instant slot, String region, List<Entry> entries) {
    this(Optional.empty(), slot, region, entries);
  }

  /** When that entry is due. */
  public Instant moment(Entry entry) {
    return entry.at().orElse(slot);
  }
}
