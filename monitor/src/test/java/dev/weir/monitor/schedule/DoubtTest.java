// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import static dev.weir.monitor.schedule.TestRuns.down;
import static dev.weir.monitor.schedule.TestRuns.key;
import static dev.weir.monitor.schedule.TestRuns.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;
import dev.weir.store.kit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoubtTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T08:00:00Z"));
  private final AnchorProber prober = new AnchorProber();

  /** Answers each attempt as the test says; the last answer stays. */
  private static final class AnchorProber implements Prober {
    private final Deque<Run> answers = new ArrayDeque<>();
    private int asked;

    @Override
    public Run run(Site site, NetworkPolicy policy) {
      throw new UnsupportedOperationException("an anchor is no site");
    }

    @Override
    public synchronized Run attempt(
        Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
      asked++;
      return answers.size() == 1 ? answers.getFirst() : answers.removeFirst();
    }
  }

  @Test
  void doubtsFailuresWhenMostSitesAndAllAnchorsFail() {
    Doubt doubt = doubt(2);
    prober.answers.add(down());
    List.of("a", "b", "c", "d", "e").forEach(id -> doubt.judge(key(id), up()));
    assertThat(doubt.judge(key("a"), down()).doubtful()).isFalse();
    assertThat(doubt.judge(key("b"), down()).doubtful()).isFalse();
    assertThat(prober.asked).isZero();
    Run doubted = doubt.judge(key("c"), down());
    assertThat(doubted).isEqualTo(down().doubted());
    assertThat(doubt.judge(key("d"), up())).isEqualTo(up());
  }

  @Test
  void believesFailuresWhileOneAnchorAnswers() {
    Doubt doubt = doubt(2);
    prober.answers.addAll(List.of(down(), up()));
    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(doubt.judge(key(id), down()).doubtful()).as(id).isFalse();
    }
    assertThat(prober.asked).isEqualTo(2);
  }

  @Test
  void believesFailuresOfHalfTheSites() {
    Doubt doubt = doubt(1);
    prober.answers.add(down());
    List.of("a", "b", "c").forEach(id -> doubt.judge(key(id), up()));
    List.of("d", "e", "f")
        .forEach(id -> assertThat(doubt.judge(key(id), down()).doubtful()).isFalse());
    assertThat(doubt.judge(key("g"), down()).doubtful()).isTrue();
  }

  @Test
  void doubtsAfterAFewFailuresHoweverManySitesThereAre() {
    Doubt doubt = doubt(1);
    prober.answers.add(down());
    IntStream.range(0, 1_000).forEach(i -> doubt.judge(key("s" + i), up()));
    for (int i = 0; i < 5; i++) {
      assertThat(doubt.judge(key("s" + i), down()).doubtful()).as("failure %d", i).isFalse();
    }
    assertThat(prober.asked).isZero();
    assertThat(doubt.judge(key("s5"), down()).doubtful()).isTrue();
    IntStream.range(6, 12).forEach(i -> doubt.judge(key("s" + i), up()));
    assertThat(doubt.judge(key("s12"), down()).doubtful()).isFalse();
  }

  @Test
  void oneSiteThatFailsOftenIsOneSite() {
    Doubt doubt = doubt(1);
    prober.answers.add(down());
    IntStream.range(0, 20).forEach(i -> doubt.judge(key("s" + i), up()));
    for (int i = 0; i < 20; i++) {
      assertThat(doubt.judge(key("s0"), down()).doubtful()).isFalse();
    }
  }

  @Test
  void believesFailuresOfOneOrTwoSites() {
    Doubt doubt = doubt(1);
    prober.answers.add(down());
    assertThat(doubt.judge(key("a"), down()).doubtful()).isFalse();
    assertThat(doubt.judge(key("b"), down()).doubtful()).isFalse();
    assertThat(doubt.judge(key("a"), down()).doubtful()).isFalse();
  }

  @Test
  void forgetsSitesThatAreGone() {
    Doubt doubt = doubt(1);
    prober.answers.add(down());
    List.of("a", "b").forEach(id -> doubt.judge(key(id), down()));
    doubt.forget(key("a"));
    doubt.forget(key("a"));
    assertThat(doubt.judge(key("c"), down()).doubtful()).isFalse();
    assertThat(doubt.judge(key("d"), down()).doubtful()).isTrue();
  }

  @Test
  void doubtsNothingWithoutAnchors() {
    Doubt doubt = doubt(0);
    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(doubt.judge(key(id), down()).doubtful()).isFalse();
    }
  }

  @Test
  void asksTheAnchorsOnceInAWhile() {
    Doubt doubt = doubt(1);
    prober.answers.addAll(List.of(down(), up()));
    List.of("a", "b", "c", "d", "e").forEach(id -> doubt.judge(key(id), down()));
    assertThat(prober.asked).isOne();
    assertThat(doubt.judge(key("e"), down()).doubtful()).isTrue();
    clock.advance(Anchors.FRESH);
    assertThat(doubt.judge(key("e"), down()).doubtful()).isFalse();
    assertThat(prober.asked).isEqualTo(2);
  }

  @Test
  void anAnchorThatDoesNotAnswerKeepsNoOtherFromBeingAsked() {
    AtomicInteger number = new AtomicInteger();
    Prober firstHangs = attempts(() -> number.incrementAndGet() == 1 ? hang() : up());
    Doubt doubt = doubt(firstHangs, Duration.ofSeconds(20));
    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(doubt.judge(key(id), down()).doubtful()).as(id).isFalse();
    }
    assertThat(number).hasValueGreaterThan(1);
  }

  @Test
  void anchorsThatDoNotAnswerInTimeAreNotThere() {
    Doubt doubt = doubt(attempts(DoubtTest::hang), Duration.ofMillis(50));
    List.of("a", "b").forEach(id -> doubt.judge(key(id), down()));
    assertThat(doubt.judge(key("c"), down()).doubtful()).isTrue();
  }

  private Doubt doubt(Prober anchors, Duration askMax) {
    List<Check> three = Collections.nCopies(3, TestRuns.check());
    return new Doubt(new Anchors(three, anchors, _ -> true, clock, askMax));
  }

  private static Prober attempts(Supplier<Run> answers) {
    return new Prober() {
      @Override
      public Run run(Site site, NetworkPolicy policy) {
        throw new UnsupportedOperationException("an anchor is no site");
      }

      @Override
      public Run attempt(
          Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
        return answers.get();
      }
    };
  }

  /** Until it is interrupted. */
  private static Run hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return down();
  }

  @Test
  void refusesTooManyAnchors() {
    assertThatThrownBy(() -> doubt(Anchors.ANCHORS_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are at most 16 anchors, not 17");
  }

  private Doubt doubt(int anchors) {
    return new Doubt(
        new Anchors(Collections.nCopies(anchors, TestRuns.check()), prober, _ -> true, clock));
  }
}
