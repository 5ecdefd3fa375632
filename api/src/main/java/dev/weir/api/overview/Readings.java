// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.check.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when something is to be read from the store, and for which customers. What fails keeps what
 * was known and is tried again. One thread steps it.
 */
final class Readings {

  /**
   * Hours of the day are read again so often while somebody looks: late results change them. Older
   * ones are read once an hour: of many sites that costs a second of a processor.
   */
  static final Duration HOURS_EVERY = Duration.ofMinutes(2);

  /** What other regions wrote is read so often while somebody looks. */
  static final Duration OTHERS_EVERY = Duration.ofMinutes(1);

  /** An hour is made some minutes after its end, and read then, whether somebody looks or not. */
  static final Duration MADE_AFTER = Duration.ofMinutes(4);

  static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

  private final Board board;
  private final StoredFigures figures;
  private final String region;
  private final BooleanSupplier watched;
  private final InstantSource clock;
  private final Instant begun;
  private final Map<String, Customer> customers = new HashMap<>();
  private volatile int failing;

  /**
   * Readings that begin with the first step.
   *
   * @param region of this process
   * @param watched whether somebody looks at the overview
   */
  Readings(
      Board board,
      StoredFigures figures,
      String region,
      BooleanSupplier watched,
      InstantSource clock) {
    this.board = board;
    this.figures = figures;
    this.region = region;
    this.watched = watched;
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** When something was read last; null for never. */
  private static final class Customer {
    private @Nullable Instant runs;
    private @Nullable Instant open;
    private @Nullable Instant hours;
    private @Nullable Instant before;
    private Instant dayBegin = Instant.MAX;
    private @Nullable Instant failed;
    private boolean hoursTwice;
  }

  /** Customers whose figures could not be read when it was last tried. */
  int failing() {
    return failing;
  }

  /**
   * Reads what is due.
   *
   * @param all whether that is everything
   */
  void step(boolean all) {
    Map<String, List<Site>> sites = sites();
    customers.keySet().retainAll(sites.keySet());
    sites.forEach((name, each) -> {
      Customer customer = customers.computeIfAbsent(name, _ -> new Customer());
      if (all || isOver(customer.failed, AGAIN_AFTER, clock.instant())) {
        read(name, each, customer, all);
      }
    });
    failing = (int) customers.values().stream().filter(each -> each.failed != null).count();
  }

  private void read(String name, List<Site> sites, Customer customer, boolean all) {
    try {
      readRuns(name, sites, customer, all);
      readOpenHours(name, sites, customer, all);
      readHours(name, sites, customer, all);
      customer.failed = null;
    } catch (RuntimeException e) {
      if (customer.failed == null) {
        LOG.atWarn()
            .addKeyValue("customer", name)
            .addKeyValue("reason", e.getMessage())
            .log("Figures of the overview can't be read; what was known stays, it is tried again");
      }
      customer.failed = clock.instant();
    }
  }

  private void readRuns(String name, List<Site> sites, Customer customer, boolean all) {
    Instant now = clock.instant();
    if (customer.runs == null) {
      figures.readRuns(name, sites, now);
      customer.runs = now;
    } else if (all || isDueOfOthers(customer.runs, sites, now)) {
      figures.readOthersRuns(name, customer.runs, now);
      customer.runs = now;
    }
  }

  private void readOpenHours(String name, List<Site> sites, Customer customer, boolean all) {
    Instant now = clock.instant();
    if (customer.open == null) {
      figures.readOpenHours(name, true, begun, now);
      customer.open = begun;
    } else if (all || isDueOfOthers(customer.open, sites, now)) {
      figures.readOpenHours(name, false, now, now);
      customer.open = now;
    }
  }

  /** The day begins where what was before it ends, until both are read anew. */
  private void readHours(String name, List<Site> sites, Customer customer, boolean all) {
    Instant now = clock.instant();
    boolean anew = all || customer.before == null || !madeBy(customer.before).equals(madeBy(now));
    boolean again = watched.getAsBoolean() && isOver(customer.hours, HOURS_EVERY, now);
    // Rollups are made at the start, too, beside the first reading.
    boolean soon = !customer.hoursTwice && isOver(customer.hours, OTHERS_EVERY, now);
    if (!anew && !again && !soon) {
      return;
    }
    if (anew || soon) {
      Instant begin = now.truncatedTo(ChronoUnit.HOURS).minus(RegionPicture.KEPT);
      figures.readDay(name, begin, now);
      figures.readBefore(name, begin, now);
      figures.readMaintenance(name, sites, begin, now);
      customer.dayBegin = begin;
      customer.before = now;
    } else {
      figures.readDay(name, customer.dayBegin, now);
    }
    customer.hoursTwice = customer.hours != null;
    customer.hours = now;
  }

  private boolean isDueOfOthers(Instant last, List<Site> sites, Instant now) {
    return watched.getAsBoolean()
        && isOver(last, OTHERS_EVERY, now)
        && sites.stream()
            .flatMap(site -> site.regions().stream())
            .anyMatch(each -> !each.equals(region));
  }

  private Map<String, List<Site>> sites() {
    Map<String, List<Site>> sites = new TreeMap<>();
    for (SitePicture picture : board.pictures()) {
      Site site = picture.definition();
      if (site != null) {
        sites.computeIfAbsent(site.key().customer(), _ -> new ArrayList<>()).add(site);
      }
    }
    return sites;
  }

  private static Instant madeBy(Instant now) {
    return now.minus(MADE_AFTER).truncatedTo(ChronoUnit.HOURS);
  }

  private static boolean isOver(@Nullable Instant last, Duration time, Instant now) {
    return last == null || !now.isBefore(last.plus(time));
  }
}
