// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.tick;

import dev.weir.lambda.monitor.digest.Sha256;
import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.lambda.monitor.order.OrderWriter;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.schedule.SlotTimes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From the sites of a shard to the messages of one tick. It depends on nothing but them and the
 * tick's minute: a tick that is repeated makes the same messages, under the same ids.
 */
final class SlotPlan {

  /** Sites of a message; they are due within one second. */
  static final int SITES_MAX = 10;

  /** Of a message's sites as UTF-8; what is around them has room beside it. */
  static final int BYTES_MAX = 200 << 10;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int HASH_BYTES = 8;

  /**
   * A message to be.
   *
   * @param second when the first of its sites is due, cut to the second
   */
  record Planned(Instant second, CheckOrder order) {

    String text() {
      return OrderWriter.write(order);
    }
  }

  private record Due(Site site, Instant at, int bytes) {}

  private SlotPlan() {}

  /** All messages of a tick, earliest first. */
  static List<Planned> of(Tick tick, List<Site> sites) {
    SortedMap<Instant, List<Due>> seconds = new TreeMap<>();
    for (Site site : sites) {
      int bytes = SiteWriter.write(site).getBytes(StandardCharsets.UTF_8).length;
      SlotTimes times = SlotTimes.of(site.key(), tick.region(), site.interval());
      long end = nanos(tick.to());
      for (long slot = times.nextAfter(nanos(tick.from()) - 1);
          slot < end;
          slot += times.intervalNanos()) {
        Instant at =
            Instant.ofEpochSecond(
                Math.floorDiv(slot, NANOS_PER_SECOND), Math.floorMod(slot, NANOS_PER_SECOND));
        seconds
            .computeIfAbsent(at.truncatedTo(ChronoUnit.SECONDS), _ -> new ArrayList<>())
            .add(new Due(site, at, bytes));
      }
    }
    List<Planned> planned = new ArrayList<>();
    seconds.forEach((second, due) -> plan(tick, second, due, planned));
    return planned;
  }

  private static void plan(Tick tick, Instant second, List<Due> due, List<Planned> planned) {
    due.sort(Comparator.comparing(Due::at).thenComparing(each -> each.site().key().toString()));
    List<Due> together = new ArrayList<>();
    int bytes = 0;
    for (Due each : due) {
      if (together.size() == SITES_MAX || (bytes > 0 && bytes + each.bytes() > BYTES_MAX)) {
        planned.add(planned(tick, second, together));
        together.clear();
        bytes = 0;
      }
      together.add(each);
      bytes += each.bytes();
    }
    planned.add(planned(tick, second, together));
  }

  private static Planned planned(Tick tick, Instant second, List<Due> together) {
    StringBuilder slots = new StringBuilder();
    List<CheckOrder.Entry> entries = new ArrayList<>();
    for (Due each : together) {
      slots.append(each.site().key()).append('@').append(each.at()).append('\n');
      entries.add(new CheckOrder.Entry(each.site(), Optional.of(each.at())));
    }
    // Which slots they are, whatever the definitions say: those may change between two attempts.
    String hash = Sha256.hex(slots.toString(), HASH_BYTES);
    String id = "order/" + tick.prefix() + second + "/" + hash;
    return new Planned(
        second, new CheckOrder(Optional.of(id), tick.from(), tick.region(), entries));
  }

  private static long nanos(Instant moment) {
    return moment.getEpochSecond() * NANOS_PER_SECOND + moment.getNano();
  }
}
