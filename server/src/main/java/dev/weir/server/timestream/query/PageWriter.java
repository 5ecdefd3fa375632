// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.query.ResultPage;
import dev.weir.server.timestream.query.OpenQuery.Place;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the answers of Query: rows of as many pages of the store as fit, and the token for
 * the rest. Thread-safe.
 */
final class PageWriter {

  /** Bytes of an answer, and of a single row. */
  static final int PAGE_BYTES_MAX = 1 << 20;

  /** What comes after the rows: a token, the status, figures. */
  private static final int TAIL_BYTES = 1_024;

  /** A page that is as full as this is not worth another look into the store. */
  private static final int PAGE_BYTES_ENOUGH = PAGE_BYTES_MAX * 3 / 4;

  /** Every query that reads is metered as at least this much. */
  private static final long METERED_BYTES_MIN = 10_000_000;

  /** The store has the whole result before it gives the first page. */
  private static final int PROGRESS_DONE = 100;

  /** Pages that are put together at once; each takes up to 3 MiB until it is sent. */
  private static final int PAGES_AT_ONCE = 16;

  private final QueryRunner runner;
  private final OpenQueries open;
  private final Semaphore slots = new Semaphore(PAGES_AT_ONCE, true);

  PageWriter(QueryRunner runner, OpenQueries open) {
    this.runner = runner;
    this.open = open;
  }

  /** Writes the page that begins at a place; waits for a query's first page so long at most. */
  JsonOut write(OpenQuery query, Place from, QueryInput input, Duration hold, Instant now) {
    Optional<QueryPage> first = query.page(runner, from, hold);
    JsonOut out = new JsonOut(4_096).open().member("QueryId", query.id());
    if (first.isEmpty()) {
      ColumnJson.write(out, List.of());
      out.name("Rows").openArray().closeArray();
      return goesOn(out, query, from, status(input, 0, 0), now);
    }
    slots.acquireUninterruptibly();
    try {
      return fill(query, from, first.get(), input, out, now);
    } finally {
      slots.release();
    }
  }

  private JsonOut fill(
      OpenQuery query, Place from, QueryPage first, QueryInput input, JsonOut out, Instant now) {
    QueryPage page = first;
    ColumnJson.write(out, page.page().columns());
    out.name("Rows").openArray();
    Filling filling = new Filling(out, from, input.rowsMax());
    while (filling.take(page.page())) {
      String resumeToken = page.resumeToken();
      if (resumeToken == null) {
        out.closeArray();
        query.end();
        status(input, PROGRESS_DONE, page.scannedBytes()).write(out);
        if (input.insights()) {
          insights(out, filling.place());
        }
        return out.close();
      }
      filling.turnTo(resumeToken);
      if (filling.enough()) {
        break;
      }
      page = query.page(runner, filling.place(), Duration.ZERO).orElseThrow();
    }
    out.closeArray();
    return goesOn(
        out, query, filling.place(), status(input, PROGRESS_DONE, page.scannedBytes()), now);
  }

  /** The place of a page while it is filled. */
  private static final class Filling {
    private final JsonOut out;
    private final RowWriter rows;
    private final int rowsMax;
    private final int begin;
    private final Place from;
    private @Nullable String resumeToken;
    private int row;
    private int taken;

    Filling(JsonOut out, Place from, int rowsMax) {
      this.out = out;
      this.rows = new RowWriter(out, PAGE_BYTES_MAX);
      this.rowsMax = rowsMax == 0 ? Integer.MAX_VALUE : rowsMax;
      this.begin = out.size();
      this.from = from;
      this.resumeToken = from.resumeToken();
      this.row = from.row();
    }

    /** Takes the rows of a page of the store; false when there was no room for all. */
    boolean take(ResultPage page) {
      for (; row < page.rowCount(); row++) {
        int mark = out.size();
        if (taken == rowsMax) {
          return false;
        }
        rows.row(page, row);
        if (taken > 0 && out.size() > PAGE_BYTES_MAX - TAIL_BYTES) {
          out.cutBack(mark);
          return false;
        }
        taken++;
      }
      return true;
    }

    void turnTo(String nextPage) {
      resumeToken = nextPage;
      row = 0;
    }

    boolean enough() {
      return taken == rowsMax || out.size() > PAGE_BYTES_ENOUGH;
    }

    Place place() {
      return new Place(
          resumeToken, row, from.rowsBefore() + taken, from.bytesBefore() + out.size() - begin);
    }
  }

  private JsonOut goesOn(JsonOut out, OpenQuery query, Place next, Status status, Instant now) {
    String token = open.newToken(query);
    query.issue(token, next, now);
    out.member("NextToken", token);
    status.write(out);
    return out.close();
  }

  /** What is truly known of a query that was read to its end. */
  private static void insights(JsonOut out, Place end) {
    out.name("QueryInsightsResponse")
        .open()
        .member("OutputRows", end.rowsBefore())
        .member("OutputBytes", end.bytesBefore())
        .close();
  }

  private static Status status(QueryInput input, int progress, long scannedBytes) {
    boolean metered = input.kind() == StatementKind.SELECT && progress > 0;
    return new Status(
        progress, scannedBytes, metered ? Math.max(METERED_BYTES_MIN, scannedBytes) : 0);
  }

  /** The member QueryStatus. */
  private record Status(int progress, long scannedBytes, long meteredBytes) {
    void write(JsonOut out) {
      out.name("QueryStatus")
          .open()
          .name("ProgressPercentage")
          .literal(progress + ".0")
          .member("CumulativeBytesScanned", scannedBytes)
          .member("CumulativeBytesMetered", meteredBytes)
          .close();
    }
  }
}
