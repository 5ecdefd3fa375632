// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.lambda.monitor.report.ReportText;
import dev.weir.lambda.monitor.report.SlotReport;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report taken in by nobody, so that what it needs is loaded and compiled in a snapshot. */
public final class ResultRehearsal {

  private static final String SITE =
      "{\"id\":\"rehearsal\",\"endpoint\":\"https://rehearsal.example/\"}";

  private static final int TIMES = 20;

  private ResultRehearsal() {}

  /** Rehearses; tells nobody of it, and keeps nothing. */
  public static void run() {
    String report = ReportText.write(report());
    ReportWriter writer =
        new ReportWriter(
            (table, batch, deadline) -> new WriteOutcome(batch.size(), 0, List.of()),
            new IncidentBook(
                new NoDocuments(), Channels.NONE, InstantSource.system(), NoticeListener.NONE),
            new WriterListener() {},
            InstantSource.system());
    for (int i = 0; i < TIMES; i++) {
      writer.write(Map.of("rehearsal", report), Instant.MAX, Instant.MAX);
    }
  }

  private static SlotReport report() {
    if (!(new SiteReader("us-east-1").read("rehearsal", SITE)
        instanceof SiteReader.Reading.Sites read)) {
      throw new IllegalStateException("the site of a rehearsal can't be read");
    }
    Slot slot = new Slot(read.sites().getFirst(), "us-east-1", Instant.EPOCH);
    Failure failure = new Failure(ErrorClass.TIMEOUT, "it is only a rehearsal");
    Hop hop = new Hop(slot.site().endpoint(), Phases.NONE, null, null, null);
    Run run = new Run(List.of(new Measurement(0, List.of(hop), null, failure)), 1, failure, false);
    return SlotReport.of(
        new SlotResult(slot, Instant.EPOCH, run), CheckTables.ORIGINAL, RecordLayout.CHECK);
  }

  /** Are never there and never stay. */
  private static final class NoDocuments implements Documents {
    @Override
    public Optional<Document> get(DocumentKey key) {
      return Optional.empty();
    }

    @Override
    public List<Document> list(String collection, @Nullable String afterId, int limit) {
      return List.of();
    }

    @Override
    public List<Document> apply(List<DocumentEdit> edits) {
      return List.of();
    }
  }
}
