// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.MemoryBudget;
import dev.weir.prometheus.RemoteBody;
import dev.weir.prometheus.StoreStatus;
import dev.weir.prometheus.read.ReadRequest.ResponseType;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.SnappyPieces;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers remote read requests from whatever store a request is given: limits, memory and reports
 * are one, however many stores there are.
 *
 * <p>Nothing is sent before the first samples are there, so what goes wrong until then is a status;
 * afterwards a failure cuts the connection. A streamed answer holds the labels and what its {@link
 * ReadPlan} collects, one slice or one query; one of type SAMPLES holds its packed bytes.
 * Thread-safe.
 */
public final class RemoteRead {

  private static final String READ_REQUEST = "prometheus.ReadRequest";

  /** An answer of this size is sent at once, with its length. */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final String BUSY = "too many remote reads are at work; try again later";

  private final TableName table;
  private final RemoteReadOptions options;
  private final ReadListener listener;
  private final InstantSource clock;
  private final StoreStatus status;
  private final MemoryBudget budget;
  private final Semaphore reads;
  private final PlannedReads planned;

  public RemoteRead(
      TableName table, RemoteReadOptions options, ReadListener listener, InstantSource clock) {
    this.table = table;
    this.options = options;
    this.listener = listener;
    this.clock = clock;
    this.status = new StoreStatus(503, options.retryAfter());
    this.budget = new MemoryBudget(options.memoryBytesMax(), options.concurrentWait());
    this.reads = new Semaphore(options.concurrentMax(), true);
    this.planned = new PlannedReads(options);
  }

  /** The door to one store. */
  public Handler over(QueryRunner runner, CatalogReader catalog) {
    return request -> handle(request, runner, catalog);
  }

  /** Answers one request from the store that it is meant for. */
  public Response handle(Request request, QueryRunner runner, CatalogReader catalog) {
    Instant begun = clock.instant();
    try {
      String proto = RemoteBody.judgeHead(request);
      if (proto != null && !proto.equals(READ_REQUEST)) {
        throw new RemoteBody.Refused(
            RemoteBody.unknownType("application/x-protobuf;proto=" + proto));
      }
      try (RemoteBody body = RemoteBody.read(request, budget, status)) {
        ReadRequest decoded = decode(body);
        TableReader reader =
            new TableReader(runner, catalog, table, clock, begun.plus(options.timeout()));
        return answer(decoded, reader, body.lease(), begun);
      }
    } catch (RemoteBody.Refused refused) {
      Response answer = refused.answer();
      listener.answered(new ReadReport(answer.status(), false, false, 0, 0, 0, 0, since(begun)));
      return answer;
    }
  }

  private ReadRequest decode(RemoteBody body) throws RemoteBody.Refused {
    byte[] unpacked = new byte[body.unpackedLength()];
    try {
      body.unpack(unpacked);
      return new ReadRequestDecoder(options).decode(unpacked, unpacked.length);
    } catch (MalformedBodyException malformed) {
      throw new RemoteBody.Refused(RemoteBody.malformed(malformed));
    } catch (BadReadException bad) {
      throw refused(bad);
    }
  }

  private Response answer(
      ReadRequest request, TableReader reader, MemoryBudget.Lease lease, Instant begun)
      throws RemoteBody.Refused {
    acquire(begun.plus(options.timeout()));
    MemoryBudget.Lease collected = budget.lease();
    boolean streams = false;
    try {
      List<PartCursor> cursors = planned.of(request, reader, collected);
      if (request.responseType() == ResponseType.SAMPLES) {
        return samples(cursors, reader, lease, begun);
      }
      Response response = new Stream(cursors, reader, collected, begun).response();
      streams = true;
      return response;
    } catch (BadReadException bad) {
      throw refused(bad);
    } catch (SamplesAnswer.NoRoom _) {
      throw new RemoteBody.Refused(status.busy(BUSY));
    } catch (StoreException failure) {
      throw new RemoteBody.Refused(status.answer(failure));
    } finally {
      if (!streams) {
        collected.close();
      }
      reads.release();
    }
  }

  private Response samples(
      List<PartCursor> cursors, TableReader reader, MemoryBudget.Lease lease, Instant begun)
      throws BadReadException, SamplesAnswer.NoRoom {
    SamplesAnswer answer = new SamplesAnswer(lease, options.samplesMax());
    for (PartCursor cursor : cursors) {
      answer.add(cursor);
    }
    listener.answered(
        new ReadReport(
            200,
            false,
            false,
            cursors.size(),
            answer.series(),
            answer.samples(),
            reader.statements(),
            since(begun)));
    SnappyPieces pieces = answer.pieces();
    Headers headers =
        Headers.of("Content-Type", "application/x-protobuf", "Content-Encoding", "snappy");
    if (pieces.packedLength() < SMALL_BYTES) {
      return Response.bytes(200, headers, bytes(pieces));
    }
    // The packed bytes are held until they are sent.
    MemoryBudget.Lease held = lease.handOver();
    return Response.streamed(
        200,
        headers,
        out -> {
          try (held) {
            pieces.writeTo(out);
          }
        });
  }

  private static byte[] bytes(SnappyPieces pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      pieces.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void acquire(Instant deadline) throws RemoteBody.Refused {
    Duration left = Duration.between(clock.instant(), deadline);
    Duration wait = left.compareTo(options.concurrentWait()) < 0 ? left : options.concurrentWait();
    try {
      if (reads.tryAcquire(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RemoteBody.Refused(status.busy(BUSY));
  }

  private Duration since(Instant begun) {
    return Duration.between(begun, clock.instant());
  }

  private static RemoteBody.Refused refused(BadReadException bad) {
    return new RemoteBody.Refused(Response.text(400, bad.text()));
  }

  /** A streamed answer: what is known before the first byte, and the way to the rest. */
  private final class Stream {

    private static final String TYPE =
        "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse";

    private final List<PartCursor> cursors;
    private final TableReader reader;
    private final MemoryBudget.Lease collected;
    private final Instant begun;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();
    private final StreamedAnswer answer;
    private OutputStream target = start;
    private int query;

    Stream(
        List<PartCursor> cursors, TableReader reader, MemoryBudget.Lease collected, Instant begun) {
      this.cursors = cursors;
      this.reader = reader;
      this.collected = collected;
      this.begun = begun;
      this.answer =
          new StreamedAnswer(
              new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                  target.write(value);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                  target.write(bytes, offset, length);
                }
              });
    }

    /** Fetches until there is something to send, or nothing is left. */
    Response response() throws BadReadException {
      boolean more = true;
      try {
        while (more && answer.samples() == 0) {
          more = step();
        }
      } catch (IOException e) {
        throw new IllegalStateException("memory can't be written to", e);
      }
      boolean unfinished = more;
      if (!unfinished) {
        report(false);
      }
      return Response.streamed(200, Headers.of("Content-Type", TYPE), out -> send(out, unfinished));
    }

    private void send(OutputStream out, boolean unfinished) throws IOException {
      if (!unfinished) {
        start.writeTo(out);
        return;
      }
      boolean cut = true;
      target = out;
      try {
        start.writeTo(out);
        acquire(begun.plus(options.timeout()));
        try {
          boolean more = true;
          while (more) {
            more = step();
          }
        } finally {
          reads.release();
        }
        cut = false;
      } catch (BadReadException | RemoteBody.Refused | StoreException failure) {
        throw new IOException("remote read broke off: " + failure.getMessage(), failure);
      } finally {
        collected.close();
        report(cut);
      }
    }

    /** Writes one slice; false when nothing is left. */
    private boolean step() throws BadReadException, IOException {
      if (query == cursors.size()) {
        return false;
      }
      List<SeriesPart> slice = cursors.get(query).next();
      if (slice != null) {
        answer.write(slice, query);
      }
      query += cursors.get(query).exhausted() ? 1 : 0;
      return query < cursors.size();
    }

    private void report(boolean cut) {
      listener.answered(
          new ReadReport(
              200,
              true,
              cut,
              cursors.size(),
              answer.series(),
              answer.samples(),
              reader.statements(),
              since(begun)));
    }
  }
}
