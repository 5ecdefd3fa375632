// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.overview.MaintenanceSpans.Span;
import dev.weir.monitor.check.MaintenanceWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaintenanceSpansTest {

  private static final Instant FROM = Instant.parse("2026-03-25T12:00:00Z");
  private static final Instant TO = Instant.parse("2026-04-01T12:00:00Z");

  @Test
  void aTimeIsCutToWhatIsAskedFor() {
    assertThat(spans(once("2026-03-24T00:00:00Z", "2026-03-26T00:00:00Z")))
        .containsExactly(span("2026-03-25T12:00:00Z", "2026-03-26T00:00:00Z"));
    assertThat(spans(once("2026-04-01T12:00:00Z", "2026-04-02T00:00:00Z"))).isEmpty();
    assertThat(spans(once("2026-03-24T00:00:00Z", "2026-03-25T12:00:00Z"))).isEmpty();
  }

  @Test
  void weeksHaveTheHoursOfTheirZoneAndReachIntoTheNextDay() {
    MaintenanceWindow nights =
        new MaintenanceWindow.Weekly(
            Set.of(DayOfWeek.SATURDAY, DayOfWeek.TUESDAY),
            LocalTime.of(22, 0),
            Duration.ofHours(15),
            ZoneId.of("Europe/Berlin"));
    assertThat(spans(nights))
        .as("clocks go forward on Sunday, and Tuesday's begins before the first moment")
        .containsExactly(
            span("2026-03-28T21:00:00Z", "2026-03-29T12:00:00Z"),
            span("2026-03-31T20:00:00Z", "2026-04-01T11:00:00Z"));
    for (Span span : spans(nights)) {
      assertThat(nights.contains(span.start())).isTrue();
      assertThat(nights.contains(span.end())).isFalse();
    }
  }

  @Test
  void nothingIsInTwoOfThem() {
    assertThat(
            spans(
                once("2026-03-27T10:00:00Z", "2026-03-27T14:00:00Z"),
                once("2026-03-27T01:00:00Z", "2026-03-27T02:00:00Z"),
                once("2026-03-27T11:00:00Z", "2026-03-27T12:00:00Z"),
                once("2026-03-27T14:00:00Z", "2026-03-27T15:00:00Z")))
        .containsExactly(
            span("2026-03-27T01:00:00Z", "2026-03-27T02:00:00Z"),
            span("2026-03-27T10:00:00Z", "2026-03-27T15:00:00Z"));
  }

  private static List<Span> spans(MaintenanceWindow... windows) {
    return MaintenanceSpans.of(List.of(windows), FROM, TO);
  }

  private static MaintenanceWindow once(String start, String end) {
    return new MaintenanceWindow.Once(Instant.parse(start), Instant.parse(end));
  }

  private static Span span(String start, String end) {
    return new Span(Instant.parse(start), Instant.parse(end));
  }
}
