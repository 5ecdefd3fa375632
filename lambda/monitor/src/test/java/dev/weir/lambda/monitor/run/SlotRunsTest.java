// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.order.TestSites;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.kit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotRunsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Failure FAILURE = new Failure(ErrorClass.TIMEOUT, "too slow");

  private final ManualClock clock = new ManualClock(NOW);
  private final List<Duration> pauses = new ArrayList<>();
  private boolean cut;
  private boolean planned = true;
  private int attempts = 1;
  private boolean interrupting;
  private BooleanSupplier reachable = () -> true;
  private @Nullable Failure failure;

  @Test
  void waitsForAMomentThatIsNear() {
    SlotResult result = run(NOW.plusMillis(1_400), "1m");

    assertThat(pauses).containsExactly(Duration.ofMillis(1_400));
    assertThat(result.actualStart()).isEqualTo(NOW.plusMillis(1_400));
    assertThat(result.lag()).isZero();
  }

  @Test
  void aMomentThatIsFartherAheadThanAnOrderEverIsDoesNotKeepTheFunction() {
    SlotResult result = run(NOW.plusSeconds(6), "1m");

    assertThat(pauses).isEmpty();
    assertThat(result.run()).isNotNull();
    assertThat(result.slot().intendedStart()).isEqualTo(NOW.plusSeconds(6));
  }

  @Test
  void aSlotCanBeRunUntilTheNextOneIsDue() {
    assertThat(run(NOW.minusSeconds(60), "1m").run()).isNotNull();
    assertThat(run(NOW.minusMillis(60_001), "1m").miss()).isEqualTo(new Miss(Miss.Reason.LATE, 1));
    assertThat(run(NOW.minusSeconds(3_600), "1h").run()).isNotNull();
  }

  @Test
  void aSlotOfAScheduleHasTheMinuteMoreThatSchedulesArePreciseTo() {
    planned = false;

    assertThat(run(NOW.minusSeconds(120), "1m").run()).isNotNull();
    assertThat(run(NOW.minusMillis(120_001), "1m").miss()).isEqualTo(new Miss(Miss.Reason.LATE, 1));
  }

  @Test
  void aSlotOfAShortIntervalHasTenSeconds() {
    assertThat(run(NOW.minusSeconds(10), "5s").run()).isNotNull();
    assertThat(run(NOW.minusMillis(10_001), "5s").missed()).isTrue();
  }

  @Test
  void aFailureOfARunThatWasCutSaysNothing() {
    cut = true;
    failure = FAILURE;
    assertThat(run(NOW, "1m").miss()).isEqualTo(new Miss(Miss.Reason.TIME, 1));

    failure = null;
    assertThat(run(NOW, "1m").run()).as("what was up before it was cut is up").isNotNull();
  }

  @Test
  void aRunThatWasCutWhileItWasConfirmedCounts() {
    cut = true;
    failure = FAILURE;
    attempts = 2;

    SlotResult result = run(NOW, "1m");

    assertThat(result.missed()).isFalse();
    assertThat(result.run().failure()).isEqualTo(FAILURE);
    assertThat(result.run().doubtful()).isFalse();
  }

  @Test
  void aRunThatWasCutIsStillDoubtedWhereNoAnchorAnswers() {
    cut = true;
    failure = FAILURE;
    attempts = 2;
    reachable = () -> Thread.currentThread().isInterrupted();
    interrupting = true;

    assertThat(run(NOW, "1m").run().doubtful()).isTrue();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aWaitThatIsCutIsAMiss() {
    Thread.currentThread().interrupt();

    assertThat(run(NOW.plusSeconds(1), "1m").miss()).isEqualTo(new Miss(Miss.Reason.TIME, 1));
    assertThat(Thread.interrupted()).isTrue();
  }

  private SlotResult run(Instant at, String interval) {
    Site site =
        TestSites.of(
            "{\"id\":\"a\",\"endpoint\":\"http://a.example\",\"interval\":\"%s\",\"timeout\":\"1s\"}"
                .formatted(interval));
    Prober prober =
        new FixedProber(
            new Run(
                List.of(
                    new Measurement(
                        1, List.of(new Hop("a", Phases.NONE, null, null, null)), null, failure)),
                attempts,
                failure,
                false));
    SlotRuns runs =
        new SlotRuns(
            prober,
            address -> true,
            clock,
            length -> {
              if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
              }
              pauses.add(length);
              clock.advance(length);
            });
    return runs.run(
        new Slot(site, "eu-west-1", at),
        planned,
        new OrderDoubt(reachable),
        () -> {
          if (interrupting) {
            Thread.currentThread().interrupt();
          }
          return cut;
        });
  }
}
