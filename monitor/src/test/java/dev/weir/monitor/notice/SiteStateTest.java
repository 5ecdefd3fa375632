// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static dev.weir.monitor.notice.Results.down;
import static dev.weir.monitor.notice.Results.missed;
import static dev.weir.monitor.notice.Results.site;
import static dev.weir.monitor.notice.Results.up;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.MaintenanceWindow;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SiteStateTest {

  private static final Site AT_ONCE = site(IncidentRules.DEFAULT);
  private static final Site PATIENT = site(new IncidentRules(3, 2, Duration.ZERO, List.of()));

  private SiteState state = SiteState.WELL;
  private Instant now = Results.START.plusSeconds(3_600);

  @Test
  void opensAtTheFirstFailureAndClosesAtTheFirstSuccess() {
    assertThat(tell(up(AT_ONCE, 0), down(AT_ONCE, 1), down(AT_ONCE, 2), up(AT_ONCE, 3)))
        .containsExactly(null, "opened 1", null, "closed 1-3");
  }

  @Test
  void opensAfterSoManyFailuresInARowAndDatesItFromTheFirst() {
    assertThat(
            tell(
                down(PATIENT, 1),
                down(PATIENT, 2),
                up(PATIENT, 3),
                down(PATIENT, 4),
                down(PATIENT, 5),
                down(PATIENT, 6)))
        .containsExactly(null, null, null, null, null, "opened 4");
  }

  @Test
  void closesAfterSoManySuccessesInARowAndDatesItFromTheFirst() {
    assertThat(
            tell(
                down(PATIENT, 1),
                down(PATIENT, 2),
                down(PATIENT, 3),
                up(PATIENT, 4),
                down(PATIENT, 5),
                up(PATIENT, 6),
                up(PATIENT, 7)))
        .containsExactly(null, null, "opened 1", null, null, null, "closed 1-6");
  }

  @Test
  void tellsAgainOfWhatStaysOpen() {
    Site site = site(new IncidentRules(1, 1, Duration.ofSeconds(120), List.of()));
    assertThat(tell(down(site, 0), down(site, 1), down(site, 2), down(site, 3), down(site, 4)))
        .containsExactly("opened 0", null, "repeated 0", null, "repeated 0");
  }

  @Test
  void learnsNothingFromMissedAndDoubtfulRuns() {
    SlotResult doubtful = down(AT_ONCE, 1);
    assertThat(
            tell(
                missed(AT_ONCE, 0),
                new SlotResult(
                    doubtful.slot(),
                    doubtful.actualStart(),
                    requireNonNull(doubtful.run()).doubted()),
                down(AT_ONCE, 2),
                missed(AT_ONCE, 3)))
        .containsExactly(null, null, "opened 2", null);
  }

  @Test
  void keepsQuietDuringMaintenanceAndOpensAfterwards() {
    Site site = maintained(1, 1, Duration.ofSeconds(1), 1, 2);
    assertThat(tell(down(site, 1), down(site, 2), down(site, 3), down(site, 4)))
        .containsExactly(null, null, "opened 3", "repeated 3");
  }

  @Test
  void failuresDuringMaintenanceDoNotCount() {
    Site site = maintained(3, 2, Duration.ZERO, 2, 3);
    assertThat(
            tell(
                down(site, 1),
                down(site, 2), // in the window, as the two after it
                down(site, 3),
                down(site, 4),
                down(site, 5),
                down(site, 6)))
        .containsExactly(null, null, null, null, null, "opened 1");
    state = SiteState.WELL;
    assertThat(tell(down(site, 0), down(site, 1), up(site, 2), down(site, 5), down(site, 6)))
        .as("a success in the window begins anew")
        .containsOnlyNulls();
  }

  @Test
  void failuresDuringMaintenanceDoNotUndoSuccessesOfAnOpenIncident() {
    Site site = maintained(1, 2, Duration.ZERO, 2, 1);
    assertThat(tell(down(site, 0), up(site, 1), down(site, 2), up(site, 3)))
        .containsExactly("opened 0", null, null, "closed 0-1");
  }

  @Test
  void tellsOfTheEndDuringMaintenance() {
    Site site = maintained(1, 1, Duration.ofSeconds(1), 1, 2);
    assertThat(tell(down(site, 0), down(site, 1), up(site, 2)))
        .containsExactly("opened 0", null, "closed 0-2");
  }

  @Test
  void leavesOutResultsThatComeTwice() {
    SlotResult first = down(PATIENT, 1);
    SlotResult second = down(PATIENT, 2);
    SlotResult third = down(PATIENT, 3);
    assertThat(tell(first, first, second, first, second, third, third, second))
        .containsExactly(null, null, null, null, null, "opened 1", null, null);
    SlotResult well = up(PATIENT, 4);
    SlotResult stillWell = up(PATIENT, 5);
    assertThat(tell(well, well, stillWell, third, first, stillWell, well))
        .containsExactly(null, null, "closed 1-4", null, null, null, null);
  }

  @Test
  void leavesOutOlderResultsThatComeLate() {
    assertThat(tell(down(AT_ONCE, 3), up(AT_ONCE, 2), down(AT_ONCE, 5), up(AT_ONCE, 4)))
        .containsExactly("opened 3", null, null, null);
    assertThat(tell(up(AT_ONCE, 7), down(AT_ONCE, 6), up(AT_ONCE, 8), down(AT_ONCE, 6)))
        .containsExactly("closed 3-7", null, null, null);
  }

  @Test
  void goesOnWhenTheClockWasSetBack() {
    assertThat(tell(down(AT_ONCE, 30))).containsExactly("opened 30");
    now = Results.START.plusSeconds(60 * 10);
    assertThat(tell(up(AT_ONCE, 10))).containsExactly("closed 30-30");
    assertThat(tell(down(AT_ONCE, 11))).containsExactly("opened 11");
  }

  @Test
  void readsAStateThatDoesNotSayWhatWasTakenLast() {
    String older =
        NoticeText.of(state.next(down(AT_ONCE, 1), now).after())
            .replaceAll(",\"taken\":\"[^\"]*\"", "");
    assertThat(older).doesNotContain("taken");
    state = NoticeText.state(older);
    assertThat(tell(down(AT_ONCE, 2), up(AT_ONCE, 1), up(AT_ONCE, 3)))
        .containsExactly(null, null, "closed 1-3");
  }

  @Test
  void isTheSameAfterItWasADocument() {
    for (SlotResult result :
        List.of(down(PATIENT, 1), down(PATIENT, 2), down(PATIENT, 3), up(PATIENT, 4))) {
      state = state.next(result, now).after();
      assertThat(NoticeText.state(NoticeText.of(state))).isEqualTo(state);
    }
  }

  /** A site with maintenance for so many minutes from this one on. */
  private static Site maintained(
      int failures, int successes, Duration again, int minute, int minutes) {
    Instant start = Results.START.plus(Duration.ofMinutes(minute));
    Instant end = start.plus(Duration.ofMinutes(minutes));
    return site(
        new IncidentRules(
            failures, successes, again, List.of(new MaintenanceWindow.Once(start, end))));
  }

  /** Each step's notice as its kind and the minutes of the incident. */
  private List<@Nullable String> tell(SlotResult... results) {
    List<@Nullable String> told = new ArrayList<>();
    for (SlotResult result : results) {
      SiteState.Step step = state.next(result, now);
      state = step.after();
      Notice notice = step.notice();
      told.add(notice == null ? null : notice.kind().spelling() + " " + minutes(notice.incident()));
    }
    return told;
  }

  private static String minutes(Incident incident) {
    String start = Long.toString(Duration.between(Results.START, incident.start()).toMinutes());
    return incident.end() == null
        ? start
        : start + "-" + Duration.between(Results.START, incident.end()).toMinutes();
  }
}
