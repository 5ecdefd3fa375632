// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.lambda.monitor.order.TestSites;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotReportTest {

  private static final Instant DUE = Instant.parse("2026-11-22T10:00:12.250Z");
  private static final Slot SLOT =
      new Slot(
          TestSites.of(
              "{\"id\":\"shop\",\"customer\":\"acme\",\"endpoint\":\"https://shop.example/\"}"),
          "eu-west-1",
          DUE);

  @Test
  void aRunIsReadAsItWasWritten() {
    SlotReport up = report(new SlotResult(SLOT, DUE.plusMillis(3), run(null, false)));
    SlotReport down =
        report(
            new SlotResult(
                SLOT,
                DUE.plusMillis(3),
                run(new Failure(ErrorClass.STATUS, "it \"said\" 500\n", "status 200"), true)));

    assertThat(ReportText.read(ReportText.write(up))).isEqualTo(up);
    assertThat(ReportText.read(ReportText.write(down))).isEqualTo(down);
    assertThat(up.points().points()).hasSize(1);
    assertThat(up.points().table().database()).isEqualTo("CPTMonitoring-acme");
  }

  @ParameterizedTest
  @EnumSource
  void aMissIsReadAsItWasWritten(Miss.Reason reason) {
    SlotReport missed = report(new SlotResult(SLOT, DUE.plusSeconds(9), new Miss(reason, 3)));

    String text = ReportText.write(missed);

    assertThat(text).contains("\"run\":null");
    assertThat(ReportText.read(text)).isEqualTo(missed);
    assertThat(missed.result().missed()).isTrue();
  }

  @Test
  void incidentsLearnWhatTheyAskFor() {
    Failure failure = new Failure(ErrorClass.DNS, "no such name");

    SlotResult result = report(new SlotResult(SLOT, DUE, run(failure, true))).result();

    assertThat(result.slot()).isEqualTo(SLOT);
    assertThat(result.run()).isNotNull();
    assertThat(result.run().failure()).isEqualTo(failure);
    assertThat(result.run().doubtful()).isTrue();
    assertThat(report(new SlotResult(SLOT, DUE, run(null, false))).result().run().up()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slot", "region", "started", "site", "points", "run"})
  void withoutAnyOfItsPartsItIsRefused(String part) {
    String text = ReportText.write(report(new SlotResult(SLOT, DUE, run(null, false))));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportText.read(text.replace("\"" + part + "\":", "\"x\":")))
        .withMessageStartingWith("a report of a slot can't be read: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "nonsense"})
  void whatIsNoReportIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ReportText.read(text));
  }

  @Test
  void aReportIsNotReadBeyondItsSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportText.read(" ".repeat(ReportText.BYTES_MAX + 1)))
        .withMessage("a report of a slot has at most 262,144 bytes");
  }

  private static SlotReport report(SlotResult result) {
    return SlotReport.of(result, CheckTables.ORIGINAL, RecordLayout.CHECK);
  }

  private static Run run(@Nullable Failure failure, boolean doubtful) {
    Hop hop = new Hop("https://shop.example/", Phases.NONE, null, 200, "HTTP/1.1");
    return new Run(
        List.of(new Measurement(80_000_000, List.of(hop), null, failure)), 2, failure, doubtful);
  }
}
