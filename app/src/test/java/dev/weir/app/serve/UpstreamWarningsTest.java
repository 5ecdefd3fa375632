// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.UpstreamListener.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamWarningsTest {

  private final Logger log = new LoggerContext().getLogger("timestream");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Instant now = Instant.parse("2026-11-22T05:00:00Z");
  private final UpstreamWarnings warnings = new UpstreamWarnings(log, () -> now);

  @BeforeEach
  void listen() {
    log.setLevel(ch.qos.logback.classic.Level.INFO);
    lines.start();
    log.addAppender(lines);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "CANCELLED", mode = EnumSource.Mode.EXCLUDE)
  void eachClassOfFailureHasItsOwnLineWithTheCauseOnceAMinute(Kind kind) {
    for (int i = 0; i < 1_000; i++) {
      warnings.failed(Side.WRITE, new StoreException(kind, "as Timestream said"));
    }
    warnings.failed(Side.READ, new StoreException(kind, "as Timestream said"));
    assertThat(messages())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("Writing to Timestream failed: "))
        .anyMatch(line -> line.startsWith("Reading from Timestream failed: "));
    assertThat(pairs(0)).containsExactly("reason=\"as Timestream said\"", "times=\"1\"");

    now = now.plusSeconds(60);
    warnings.failed(Side.WRITE, new StoreException(kind, "still"));
    assertThat(pairs(2)).containsExactly("reason=\"still\"", "times=\"1000\"");
  }

  @Test
  void theClassesAreToldApart() {
    Set<String> told = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      warnings.failed(Side.WRITE, new StoreException(kind, "x"));
    }
    told.addAll(messages());
    // A conflict is a request that can't be taken, too; a call that was cancelled has no line.
    assertThat(told).hasSize(Kind.values().length - 2);
  }

  @Test
  void saysNothingOfWhatIsPartOfReading() {
    warnings.failed(Side.READ, new StoreException(Kind.CANCELLED, "gone"));
    warnings.failed(
        Side.READ, new StoreException(Kind.BAD_REQUEST, "x").with(Detail.UNKNOWN_COLUMN));
    warnings.failed(
        Side.READ, new StoreException(Kind.BAD_REQUEST, "x").with(Detail.ROW_TOO_LARGE));
    assertThat(lines.list).isEmpty();
    warnings.failed(Side.READ, new StoreException(Kind.NOT_FOUND, "x").with(Detail.UNKNOWN_TABLE));
    assertThat(lines.list).hasSize(1);
  }

  /** Amazon answers a wrong signature with the request that it saw, headers and all. */
  @Test
  void keepsTheFirstLineOfAReasonOnlyAndNotAllOfThat() {
    warnings.failed(
        Side.WRITE,
        new StoreException(
            Kind.DENIED, "does not match\n\nThe Canonical String\nx-amz-security-token:hidden"));
    warnings.failed(Side.READ, new StoreException(Kind.DENIED, "y".repeat(10_000)));
    assertThat(pairs(0)).first().isEqualTo("reason=\"does not match\"");
    assertThat(pairs(1).getFirst()).hasSizeLessThan(500);
  }

  @Test
  void tellsOfRecordsThatWereRejectedWithTheFirstReason() {
    warnings.rejected(List.of());
    assertThat(lines.list).isEmpty();
    warnings.rejected(
        List.of(
            new Rejection(3, Rejection.Reason.TOO_OLD, "outside the window"),
            new Rejection(9, Rejection.Reason.LIMIT, "too long")));
    assertThat(messages()).containsExactly("Timestream rejected records; their senders were told");
    assertThat(pairs(0))
        .first()
        .isEqualTo("reason=\"2 of one request, the first: outside the window\"");
  }

  @Test
  void tellsHowFarTheClockIsOff() {
    warnings.clockOff(Duration.ofMinutes(-7));
    assertThat(pairs(0)).first().isEqualTo("reason=\"it is 420 s ahead\"");
  }

  private List<String> messages() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private List<String> pairs(int line) {
    return lines.list.get(line).getKeyValuePairs().stream().map(Object::toString).toList();
  }
}
