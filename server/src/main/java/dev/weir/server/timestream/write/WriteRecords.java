// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import dev.weir.model.PointBatch;
import dev.weir.server.timestream.wire.Action;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.WireCall;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.TableDetails;
import java.time.Duration;
import java.util.List;

/** WriteRecords. Thread-safe. */
public final class WriteRecords implements Action {

  /** Clients give up after a minute at the latest; a write that was given up may be repeated. */
  private static final Duration TIME_MAX = Duration.ofSeconds(30);

  private final PointWriter points;
  private final CatalogWriter administration;
  private final TextPool texts = new TextPool();
  private final KnownSeries knownSeries = new KnownSeries();

  public WriteRecords(PointWriter points, CatalogWriter administration) {
    this.points = points;
    this.administration = administration;
  }

  @Override
  public JsonOut run(WireCall call) {
    WriteInput input = WriteInputReader.read(call.body(), texts);
    call.caller().mayUse(input.table().database(), call.operation());
    boolean own =
        administration
            .table(input.table())
            .map(TableDetails::own)
            .orElseThrow(() -> missing(input.table()));
    RecordMerge merge = new RecordMerge(input, knownSeries, own);
    PointBatch batch = merge.merge();
    WriteOutcome outcome = points.write(input.table(), batch, call.now().plus(TIME_MAX));
    List<Rejection> rejections = merge.rejections(outcome.rejections());
    if (!rejections.isEmpty()) {
      throw WireException.rejected(rejections);
    }
    return new JsonOut(96)
        .open()
        .name("RecordsIngested")
        .open()
        .member("Total", outcome.accepted())
        .member("MemoryStore", outcome.accepted() - outcome.magnetic())
        .member("MagneticStore", outcome.magnetic())
        .close()
        .close();
  }

  private WireException missing(TableName table) {
    String what =
        administration.database(table.database()).isEmpty()
            ? "database " + table.database()
            : "table " + table.table();
    return new WireException(Fault.RESOURCE_NOT_FOUND, "The " + what + " does not exist.");
  }
}
