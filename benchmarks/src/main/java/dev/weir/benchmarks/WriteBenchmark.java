// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks;

import dev.weir.benchmarks.load.MadeRequest;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.model.PointBatch;
import dev.weir.prometheus.RemoteBody;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufReader;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.write.DecodedWrite;
import dev.weir.prometheus.write.KnownSeries;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.prometheus.write.Version1Decoder;
import dev.weir.prometheus.write.WriteListener;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xerial.snappy.Snappy;

/** What one sample costs on its way from the body of a request to the store's port. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WriteBenchmark {
  private static final int SAMPLES = 2_000;
  private static final int SAMPLE_TAG = ProtobufReader.tag(2, ProtobufReader.DELIMITED);

  private final byte[] unpacked = MadeRequest.unpacked(SAMPLES);
  private final byte[] into = new byte[unpacked.length];
  private byte[] body = {};
  private final RemoteWrite write = receiver();
  private final DecodedWrite decoded = new DecodedWrite();
  private final Version1Decoder decoder = new Version1Decoder(write.cache());

  /** Where the labels of each series begin and end in the unpacked request. */
  private final int[] labelsFrom = new int[SAMPLES];

  private final int[] labelsTo = new int[SAMPLES];

  @Setup
  public void prepare() throws IOException, MalformedBodyException {
    body = Snappy.compress(unpacked);
    accepted(write.handle(request(), WriteBenchmark::accept));
    ProtobufReader reader = new ProtobufReader().reset(unpacked, 0, unpacked.length);
    for (int series = 0; reader.hasMore(); series++) {
      reader.nextTag();
      int outer = reader.enter();
      labelsFrom[series] = reader.position();
      while (reader.hasMore()) {
        int at = reader.position();
        int tag = reader.nextTag();
        labelsTo[series] = tag == SAMPLE_TAG ? at : labelsTo[series];
        reader.skip(tag);
      }
      reader.leave(outer);
    }
  }

  private static WriteOutcome accept(TableName table, PointBatch batch, Instant deadline) {
    return new WriteOutcome(batch.size(), 0, List.of());
  }

  private static RemoteWrite receiver() {
    return new RemoteWrite(
        new TableName("weir", "prometheus"),
        RemoteWriteOptions.defaults(),
        WriteListener.NONE,
        InstantSource.system());
  }

  /** Unpacking alone. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int unpack() throws MalformedBodyException {
    return SnappyBlock.unpack(body, body.length, into);
  }

  /** Finding a known series by the bytes of its labels. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int lookUpSeries() throws MalformedBodyException {
    int found = 0;
    for (int series = 0; series < SAMPLES; series++) {
      int from = labelsFrom[series];
      KnownSeries known = write.cache().find(unpacked, from, labelsTo[series] - from);
      found += known.refusal() == null ? 1 : 0;
    }
    return found;
  }

  /** Protobuf to columns, the lookup included. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int decodeKnownSeries() throws MalformedBodyException, RemoteBody.Refused {
    decoded.clear();
    decoder.decode(unpacked, unpacked.length, decoded);
    return decoded.sampleCount();
  }

  /** Everything that remote write does, series known, before a store that costs nothing. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Response receiveKnownSeries() {
    return accepted(write.handle(request(), WriteBenchmark::accept));
  }

  /** The same with series that were never seen: strings and series are made. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Response receiveNewSeries() {
    return accepted(receiver().handle(request(), WriteBenchmark::accept));
  }

  private static Response accepted(Response response) {
    if (response.status() != 204) {
      throw new IllegalStateException("status " + response.status());
    }
    return response;
  }

  private Request request() {
    return new Request(
        "POST",
        "/api/v1/write",
        "",
        Headers.of("Content-Type", "application/x-protobuf"),
        body.length,
        new ByteArrayInputStream(body));
  }
}
