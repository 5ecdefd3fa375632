// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.model.PointBatch;
import dev.weir.prometheus.MemoryBudget;
import dev.weir.prometheus.RemoteBody;
import dev.weir.prometheus.StoreStatus;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Answers remote write requests, 1.0 and 2.0.
 *
 * <p>A request is decoded as a whole before a point is written, so a malformed body leaves nothing
 * behind. A 2xx is given only when all that the sender was promised is durable; a 4xx only when
 * nothing is left that a repeat could save. Thread-safe.
 */
public final class RemoteWrite {

  private static final String VERSION_1 = "prometheus.WriteRequest";
  private static final String VERSION_2 = "io.prometheus.write.v2.Request";

  /** What a sample costs while it is decoded and written, beside the body. */
  private static final int SAMPLE_BYTES = 48;

  /** Idle workspaces; as many requests as are likely to run at once on a small machine. */
  private static final int IDLE_MAX = 16;

  private final TableName table;
  private final WriteListener listener;
  private final InstantSource clock;
  private final Duration timeout;
  private final StoreStatus status;
  private final MemoryBudget budget;
  private final SeriesCache cache;
  private final BatchAssembler assembler;
  private final MinuteWarnings notStored;
  private final MinuteWarnings droppedSamples;
  private final BlockingQueue<Workspace> idle = new ArrayBlockingQueue<>(IDLE_MAX);

  public RemoteWrite(
      TableName table, RemoteWriteOptions options, WriteListener listener, InstantSource clock) {
    this.table = table;
    this.listener = listener;
    this.clock = clock;
    this.timeout = options.timeout();
    this.status = new StoreStatus(options.throttleStatus(), options.retryAfter());
    this.budget = new MemoryBudget(options.memoryBytesMax(), options.memoryWait());
    this.cache =
        new SeriesCache(
            new LabelReader(options), options.cachedSeriesMax(), options.cachedBytesMax());
    this.assembler = new BatchAssembler(options);
    this.notStored =
        new MinuteWarnings(
            listener,
            clock,
            "%d native histograms and exemplars received; Weir does not store them");
    this.droppedSamples =
        new MinuteWarnings(
            listener, clock, "%d samples dropped: a name over its limit, or a value not finite");
  }

  /** The series that are remembered, for metrics. */
  public SeriesCache cache() {
    return cache;
  }

  /** Answers requests with one writer for all of them. */
  public Handler over(PointWriter writer) {
    return request -> handle(request, writer);
  }

  /** Answers a request; its samples go to a writer that may be another for each request. */
  public Response handle(Request request, PointWriter writer) {
    boolean version2 = false;
    try {
      String proto = RemoteBody.judgeHead(request);
      version2 = isVersion2(proto);
      try (RemoteBody body = RemoteBody.read(request, budget, status)) {
        return receive(body, version2, writer);
      }
    } catch (RemoteBody.Refused refused) {
      Response answer = refused.answer();
      listener.answered(WriteReport.undecoded(answer.status(), 0));
      return version2 ? written(answer, 0) : answer;
    }
  }

  private static boolean isVersion2(@Nullable String proto) throws RemoteBody.Refused {
    if (proto == null || proto.equals(VERSION_1)) {
      return false;
    }
    if (proto.equals(VERSION_2)) {
      return true;
    }
    throw new RemoteBody.Refused(RemoteBody.unknownType("application/x-protobuf;proto=" + proto));
  }

  private Response receive(RemoteBody body, boolean version2, PointWriter writer)
      throws RemoteBody.Refused {
    Workspace workspace = idle.poll();
    if (workspace == null) {
      workspace = new Workspace(cache);
    }
    try {
      DecodedWrite decoded = workspace.decode(body, version2);
      if (body.unpackedLength() > 0 && !decoded.hasSomething()) {
        throw new RemoteBody.Refused(
            Response.text(
                400,
                "body has no field of "
                    + (version2 ? VERSION_2 : VERSION_1)
                    + "; does the content type name the version that was sent?"));
      }
      if (!body.lease().grow((long) decoded.sampleCount() * SAMPLE_BYTES)) {
        throw new RemoteBody.Refused(status.busy("too many bytes are in work; try again later"));
      }
      return store(body, decoded, version2, writer);
    } catch (MalformedBodyException malformed) {
      throw new RemoteBody.Refused(RemoteBody.malformed(malformed));
    } finally {
      workspace.clear();
      idle.offer(workspace);
    }
  }

  private Response store(
      RemoteBody body, DecodedWrite decoded, boolean version2, PointWriter writer) {
    Tally tally = new Tally(!version2);
    PointBatch batch = assembler.assemble(decoded, tally);
    notStored.add(decoded.histograms() + decoded.exemplars());
    droppedSamples.add(tally.droppedSamples());
    Instant begun = clock.instant();
    WriteOutcome outcome;
    try {
      outcome =
          batch.isEmpty()
              ? new WriteOutcome(0, 0, List.of())
              : writer.write(table, batch, begun.plus(timeout));
    } catch (StoreException failure) {
      Response answer = status.answer(failure);
      report(answer, body, decoded, tally, new WriteOutcome(0, 0, List.of()), begun);
      return version2 ? written(answer, 0) : answer;
    }
    for (Rejection rejection : outcome.rejections()) {
      tally.refuse(Reason.of(rejection.reason()), 1, example(batch, rejection, tally));
    }
    int stored = outcome.accepted() + tally.repeatedInRequest();
    Response answer = answer(decoded, tally, stored, version2);
    report(answer, body, decoded, tally, outcome, begun);
    return version2 ? written(answer, stored) : answer;
  }

  private static Response answer(DecodedWrite decoded, Tally tally, int stored, boolean version2) {
    boolean lost = version2 && decoded.histograms() + decoded.exemplars() > 0;
    if (tally.refusedSomething() || lost) {
      return Response.text(
          400,
          tally.text(stored, decoded.sampleCount(), decoded.histograms(), decoded.exemplars()));
    }
    return Response.empty(204);
  }

  private static String example(PointBatch batch, Rejection rejection, Tally tally) {
    if (!tally.wantsExample()) {
      return "";
    }
    int index = rejection.index();
    return BatchAssembler.shown(batch.series(index))
        + " at "
        + Instant.ofEpochMilli(batch.epochNanos(index) / 1_000_000)
        + ": "
        + rejection.message();
  }

  /**
   * The counts that 2.0 asks for with every answer (remote write 2.0, "Required Written Headers").
   */
  private static Response written(Response answer, int samples) {
    return answer
        .with("X-Prometheus-Remote-Write-Samples-Written", Integer.toString(samples))
        .with("X-Prometheus-Remote-Write-Histograms-Written", "0")
        .with("X-Prometheus-Remote-Write-Exemplars-Written", "0");
  }

  private void report(
      Response answer,
      RemoteBody body,
      DecodedWrite decoded,
      Tally tally,
      WriteOutcome outcome,
      Instant begun) {
    listener.answered(
        new WriteReport(
            answer.status(),
            body.sentLength(),
            body.unpackedLength(),
            decoded.seriesCount(),
            decoded.sampleCount(),
            outcome.accepted() + (answer.status() < 500 ? tally.repeatedInRequest() : 0),
            outcome.repeated(),
            tally.refused(),
            tally.dropped(),
            decoded.histograms(),
            decoded.exemplars(),
            decoded.metadata(),
            Duration.between(begun, clock.instant())));
  }
}
