// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.lambda.monitor.order.TestSites;
import dev.weir.lambda.monitor.report.ReportText;
import dev.weir.lambda.monitor.report.SlotReport;
import dev.weir.monitor.check.Site;
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

/** Bodies of messages; slots are minutes. */
final class Reports {

  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  static final String REGION = "eu-west-1";

  private Reports() {}

  static Site site(String customer, String id) {
    return TestSites.of(
        "{\"customer\":\"%s\",\"id\":\"%s\",\"endpoint\":\"https://%s.example/\"}"
            .formatted(customer, id, id));
  }

  static String up(Site site, int minute) {
    return of(site, minute, null, 0);
  }

  static String down(Site site, int minute) {
    return of(site, minute, new Failure(ErrorClass.CONNECT_REFUSED, "443 is refused"), 0);
  }

  static String slow(Site site, int minute) {
    return of(site, minute, new Failure(ErrorClass.LATENCY, "it took 3 s", "latency <= 2s"), 0);
  }

  /** Another run of the same slot, which began later. */
  static String downAgain(Site site, int minute) {
    return of(site, minute, new Failure(ErrorClass.TIMEOUT, "no answer in 10 s"), 1);
  }

  static String missed(Site site, int minute) {
    return text(
        new SlotResult(
            slot(site, minute),
            slot(site, minute).intendedStart(),
            new Miss(Miss.Reason.OVERLAP, 1)));
  }

  static String of(Site site, int minute, @Nullable Failure failure, int late) {
    Slot slot = slot(site, minute);
    Hop hop = new Hop(site.endpoint(), Phases.NONE, null, 200, "HTTP/1.1");
    return text(
        new SlotResult(
            slot,
            slot.intendedStart().plusSeconds(late),
            new Run(
                List.of(new Measurement(80_000_000, List.of(hop), null, failure)),
                1,
                failure,
                false)));
  }

  static String text(SlotResult result) {
    return ReportText.write(SlotReport.of(result, CheckTables.ORIGINAL, RecordLayout.CHECK));
  }

  static Slot slot(Site site, int minute) {
    return new Slot(site, REGION, START.plusSeconds(60L * minute));
  }
}
