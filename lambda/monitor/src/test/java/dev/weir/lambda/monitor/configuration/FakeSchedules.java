// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.schedule.FoundSchedule;
import dev.weir.lambda.monitor.schedule.PlannedSchedule;
import dev.weir.lambda.monitor.schedule.Purpose;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Schedules of a region in memory; each change is written down. Thread-safe. */
final class FakeSchedules implements SiteSchedules {

  private final String region;
  private final Map<String, FoundSchedule> there = new TreeMap<>();
  private final List<String> log = new ArrayList<>();
  private Function<Purpose, Optional<StoreException>> failure = any -> Optional.empty();
  private Runnable afterPut = () -> {};

  FakeSchedules(String region) {
    this.region = region;
  }

  /** What a put or a removal fails with. */
  synchronized void fail(Function<Purpose, Optional<StoreException>> next) {
    failure = next;
  }

  /** What happens elsewhere right after a put. */
  synchronized void afterPut(Runnable next) {
    afterPut = next;
  }

  /** Stands there by nobody's doing. */
  synchronized void add(FoundSchedule schedule) {
    there.put(schedule.place(), schedule);
  }

  synchronized List<String> log() {
    return List.copyOf(log);
  }

  synchronized void clearLog() {
    log.clear();
  }

  synchronized Map<String, String> asked() {
    Map<String, String> asked = new TreeMap<>();
    there.forEach((place, found) -> asked.put(place, found.asks()));
    return asked;
  }

  synchronized List<String> places() {
    return List.copyOf(there.keySet());
  }

  @Override
  public String region() {
    return region;
  }

  @Override
  public synchronized List<FoundSchedule> list() {
    failure.apply(new Purpose.OfShard(-1)).ifPresent(FakeSchedules::raise);
    return List.copyOf(there.values());
  }

  @Override
  public FoundSchedule form(PlannedSchedule planned) {
    if (planned.input(region, "").length() > 8_192) {
      throw new StoreException(StoreException.Kind.BAD_REQUEST, "too large");
    }
    return new FoundSchedule(
        place(planned.purpose()),
        Optional.of(planned.purpose()),
        planned.rate() + " " + planned.input(region, "<moment>"));
  }

  @Override
  public void put(PlannedSchedule planned) {
    synchronized (this) {
      log.add("put " + place(planned.purpose()));
      failure.apply(planned.purpose()).ifPresent(FakeSchedules::raise);
      FoundSchedule form = form(planned);
      there.put(form.place(), form);
    }
    Runnable next;
    synchronized (this) {
      next = afterPut;
      afterPut = () -> {};
    }
    next.run();
  }

  @Override
  public void ensure(PlannedSchedule planned) {
    synchronized (this) {
      if (there.containsKey(place(planned.purpose()))) {
        failure.apply(planned.purpose()).ifPresent(FakeSchedules::raise);
        log.add("found " + place(planned.purpose()));
        return;
      }
    }
    put(planned);
  }

  @Override
  public synchronized void remove(Purpose purpose) {
    log.add("remove " + place(purpose));
    failure.apply(purpose).ifPresent(FakeSchedules::raise);
    there.remove(place(purpose));
  }

  private static void raise(StoreException e) {
    throw e;
  }

  static String place(Purpose purpose) {
    return switch (purpose) {
      case Purpose.OfSite site -> site.site().toString();
      case Purpose.OfShard shard -> "shard " + shard.shard();
    };
  }
}
