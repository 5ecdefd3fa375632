// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.lambda.monitor.order.OrderWriter;
import dev.weir.lambda.monitor.settings.RegionTargets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A schedule that is wanted in a region. */
public sealed interface PlannedSchedule {

  /** Times that a call is tried again which could not be made. */
  int RETRIES = 3;

  /** A check that comes later says little of its slot. */
  Duration LATENESS_MAX = Duration.ofMinutes(5);

  /** Runs of a site whose interval is whole minutes. */
  record SiteRuns(Site site) implements PlannedSchedule {

    public SiteRuns {
      if (!fits(site.interval())) {
        throw new IllegalArgumentException(
            "a schedule repeats each whole minutes, not each %s of %s"
                .formatted(site.interval(), site.key()));
      }
    }

    @Override
    public Purpose purpose() {
      return new Purpose.OfSite(site.key());
    }

    @Override
    public Duration every() {
      return site.interval();
    }

    @Override
    public String input(String region, String moment) {
      String order =
          OrderWriter.write(
              new CheckOrder(Instant.EPOCH, region, List.of(new CheckOrder.Entry(site))), moment);
      int rest = order.indexOf(moment) + moment.length();
      return order.substring(0, rest) + order.substring(rest).replace("<", "\\u003c");
    }
  }

  /** Each minute's tick of a shard. */
  record ShardTicks(int shard) implements PlannedSchedule {
    @Override
    public Purpose purpose() {
      return new Purpose.OfShard(shard);
    }

    @Override
    public Duration every() {
      return Duration.ofMinutes(1);
    }

    @Override
    public String input(String region, String moment) {
      return "{\"region\":\"%s\",\"shard\":%d,\"minute\":\"%s\"}".formatted(region, shard, moment);
    }

    /**
     * At the first second of each minute, in the spelling of both services. {@code rate(1 minute)}
     * would be at the second at which it was made, up to a minute nearer to what it plans.
     */
    @Override
    public String rate() {
      return "cron(* * * * ? *)";
    }
  }

  Purpose purpose();

  Duration every();

  /**
   * What the function is told: an order of a check, or a tick. A {@code <} within a site is written
   * as its escape, so that no text of a customer's is taken for one of the words that EventBridge
   * replaces.
   *
   * @param moment the word that stands for the moment of the slot, which EventBridge replaces
   */
  String input(String region, String moment);

  /**
   * Refuses a site that no order has room for.
   *
   * @throws StoreException {@code BAD_REQUEST}, with the site, its size and the limit
   */
  static void checkSize(Site site) {
    int bytes = SiteWriter.write(site).getBytes(UTF_8).length;
    if (bytes > CheckOrder.SITE_BYTES_MAX) {
      throw new StoreException(
          StoreException.Kind.BAD_REQUEST,
          "site %s has %,d bytes, at most %,d fit in an order: shorten its definition"
              .formatted(site.key(), bytes, CheckOrder.SITE_BYTES_MAX));
    }
  }

  /** Whether an interval is whole minutes, the finest that EventBridge repeats at. */
  static boolean fits(Duration interval) {
    return interval.toMillis() % 60_000 == 0 && interval.getNano() == 0 && !interval.isZero();
  }

  /** The ARN of the function that is called. */
  default String function(RegionTargets targets) {
    return switch (this) {
      case SiteRuns _ -> targets.check();
      case ShardTicks _ -> targets.tick();
    };
  }

  /** How late a call may be made, from the minute that both services take at the least. */
  default Duration lateness() {
    return every().compareTo(LATENESS_MAX) < 0 ? every() : LATENESS_MAX;
  }

  /**
   * The expression: {@code rate(1 minute)}, {@code rate(5 minutes)}: the unit follows the number.
   */
  default String rate() {
    long minutes = every().toMinutes();
    return minutes == 1 ? "rate(1 minute)" : "rate(%d minutes)".formatted(minutes);
  }
}
