// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of one slot: run at its moment, or missed and why. Thread-safe.
 *
 * <p>A slot that a tick planned can be run until the next one is due, and for ten seconds where
 * that is longer: later it would meet the next, so it is missed. One that a schedule or a rule
 * brings has a minute more, which is as precise as those are: all of them come late alike. What was
 * planned holds, not this machine's clock: a slot that seems to be further ahead than an order ever
 * is, is run at once.
 */
final class SlotRuns {

  /** An order is brought a bit late; a start of the function alone takes seconds. */
  static final Duration LATE_MIN = Duration.ofSeconds(10);

  /** A schedule calls within the minute that it names (EventBridge Scheduler, schedule types). */
  static final Duration SCHEDULE_PRECISION = Duration.ofSeconds(60);

  /** A message comes up to two seconds before its sites are due. */
  static final Duration EARLY_MAX = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(SlotRuns.class);

  private final Prober prober;
  private final NetworkPolicy policy;
  private final InstantSource clock;
  private final SiteProber.Pause pause;

  SlotRuns(Prober prober, NetworkPolicy policy, InstantSource clock, SiteProber.Pause pause) {
    this.prober = prober;
    this.policy = policy;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Blocks until the slot has been run.
   *
   * @param planned whether a tick planned the slot to the moment
   * @param cut whether the time of the invocation is over. A run that fails then in its first
   *     attempt says nothing; of one that had to be confirmed, an attempt has failed by itself
   */
  SlotResult run(Slot slot, boolean planned, OrderDoubt doubt, BooleanSupplier cut) {
    Duration early = Duration.between(clock.instant(), slot.intendedStart());
    if (early.isPositive() && early.compareTo(EARLY_MAX) <= 0) {
      try {
        pause.pause(early);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return missed(slot, Miss.Reason.TIME);
      }
    }
    Instant started = clock.instant();
    if (isLate(slot, planned, started)) {
      return missed(slot, Miss.Reason.LATE);
    }
    try {
      Run run = prober.run(slot.site(), policy);
      if (!run.up() && cut.getAsBoolean()) {
        if (run.attempts() < 2) {
          return missed(slot, Miss.Reason.TIME);
        }
        // What ended the run is not to end the anchors' too: unheard they count as reachable.
        Thread.interrupted();
      }
      return new SlotResult(slot, started, doubt.judge(run));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("site", slot.site().key())
          .log("A check ended in a fault of Weir's own; other sites go on");
      return missed(slot, Miss.Reason.FAULT);
    }
  }

  SlotResult missed(Slot slot, Miss.Reason reason) {
    return new SlotResult(slot, clock.instant(), new Miss(reason, 1));
  }

  private static boolean isLate(Slot slot, boolean planned, Instant now) {
    Duration interval = slot.site().interval();
    Duration most =
        !planned
            ? interval.plus(SCHEDULE_PRECISION)
            : interval.compareTo(LATE_MIN) > 0 ? interval : LATE_MIN;
    return Duration.between(slot.intendedStart(), now).compareTo(most) > 0;
  }
}
