// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientUpstreamTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final byte[] BODY = {'{', '}'};

  /** Draws the largest pause there is, less a nanosecond. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final ManualClock clock = new ManualClock(NOW);
  private final Deque<Object> ahead = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private int calls;

  @Test
  void repeatsWhatASoonRepeatMayMend() {
    ahead.add(refused("ThrottlingException"));
    ahead.add(refused("InternalServerException"));
    ahead.add(new StoreException(Kind.UNAVAILABLE, "network"));
    ahead.add(new StoreException(Kind.TIMED_OUT, "hangs"));

    assertThat(write(10, NOW.plusSeconds(60))).isInstanceOf(Answer.Done.class);
    assertThat(calls).isEqualTo(5);
    assertThat(pauses)
        .extracting(pause -> pause.plusNanos(1).toMillis())
        .containsExactly(250L, 100L, 200L, 400L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ValidationException",
        "RejectedRecordsException",
        "ResourceNotFoundException",
        "AccessDeniedException",
        "ServiceQuotaExceededException",
        "InvalidEndpointException"
      })
  void handsTheRestBackAtOnce(String type) {
    ahead.add(refused(type));

    assertThat(write(10, NOW.plusSeconds(60))).isEqualTo(refused(type));
    assertThat(calls).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "CANCELLED", "WRONG_ENDPOINT"})
  void andWhatWasThrown(Kind kind) {
    ahead.add(new StoreException(kind, "x"));

    assertThatThrownBy(() -> write(10, NOW.plusSeconds(60)))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void theNumberOfAttemptsCountsTheFirst() {
    for (int i = 0; i < 4; i++) {
      ahead.add(refused("InternalServerException"));
    }

    assertThat(write(3, NOW.plusSeconds(60))).isInstanceOf(Answer.Refused.class);
    assertThat(calls).isEqualTo(3);
  }

  @Test
  void writingAndReadingHaveNumbersOfTheirOwn() {
    ahead.add(new StoreException(Kind.UNAVAILABLE, "first"));
    ahead.add(new StoreException(Kind.UNAVAILABLE, "second"));

    assertThatThrownBy(
            () -> patient(new Effort(10, 2, 1)).call(Operation.QUERY, BODY, NOW.plusSeconds(60)))
        .hasMessage("second");
  }

  @Test
  void noPauseReachesPastTheDeadlineAndTheCauseIsTold() {
    for (int i = 0; i < 9; i++) {
      ahead.add(refused("ThrottlingException"));
    }

    Answer answer = write(10, NOW.plusMillis(1_000));

    // 250 ms and 500 ms fit; another second does not.
    assertThat(answer).isEqualTo(refused("ThrottlingException"));
    assertThat(calls).isEqualTo(3);
    assertThat(clock.instant()).isBefore(NOW.plusMillis(1_000));
  }

  @Test
  void pausesStopGrowing() {
    for (int i = 0; i < 40; i++) {
      ahead.add(refused("ThrottlingException"));
    }

    write(41, NOW.plusSeconds(600));

    assertThat(pauses).hasSize(40);
    assertThat(pauses.getLast()).isEqualTo(PatientUpstream.PAUSE_MAX.minusNanos(1));
  }

  @Test
  void anInterruptEndsAPause() {
    ahead.add(refused("ThrottlingException"));
    Upstream upstream =
        new PatientUpstream(
            this::answer,
            new Effort(10, 3, 1),
            clock,
            LONGEST,
            _ -> {
              throw new InterruptedException();
            });

    StoreException failure =
        catchThrowableOfType(
            StoreException.class,
            () -> upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(60)));

    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
  }

  private Answer write(int attemptsMax, Instant deadline) {
    return patient(new Effort(attemptsMax, 1, 1)).call(Operation.WRITE_RECORDS, BODY, deadline);
  }

  private PatientUpstream patient(Effort effort) {
    return new PatientUpstream(
        this::answer,
        effort,
        clock,
        LONGEST,
        time -> {
          pauses.add(time);
          clock.advance(time);
        });
  }

  private Answer answer(Operation operation, byte[] body, Instant deadline) {
    calls++;
    return switch (ahead.poll()) {
      case StoreException failure -> throw failure;
      case Answer answer -> answer;
      case null -> new Answer.Done(BODY);
      case Object other -> throw new IllegalStateException(other.toString());
    };
  }

  private static Answer.Refused refused(String type) {
    return new Answer.Refused(type, "said", BODY);
  }
}
