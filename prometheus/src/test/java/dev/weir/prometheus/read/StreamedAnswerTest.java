// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Response;
import dev.weir.prometheus.Doors;
import dev.weir.prometheus.MemoryStore;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.Remote.Matcher;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamedAnswerTest {

  private static final long BASE = 1_795_292_172_000L;
  private static final Matcher MX = new Matcher(0, "__name__", "mx");

  private final Doors doors = new Doors(options());

  /** How many calls of the store it takes to know two series and their samples. */
  int callsBeforeTheFirstByte() {
    return 4;
  }

  /** The plan that these cases are asked with. */
  RemoteReadOptions options() {
    return RemoteReadOptions.defaults();
  }

  StreamedAnswerTest() {
    doors.store.at(Instant.ofEpochMilli(BASE).plusSeconds(3_600));
  }

  /** An answer of Prometheus 2.42 to the same samples. */
  @Test
  void writesTheBytesThatPrometheusWrites() {
    doors.write(
        new WriteRequestEncoder()
            .series("__name__", "mx", "a", "b")
            .sample(BASE, 1.0)
            .sample(BASE + 15_000, 1.0)
            .sample(BASE + 30_007, 2.5)
            .sample(BASE + 45_000, -3.25)
            .sample(BASE + 60_000, 1e-9));

    Response answer =
        Remote.send(doors.read, Streams.streamed(Remote.read(BASE, BASE + 60_000, MX)));

    assertThat(answer.headers().first("Content-Encoding")).isEmpty();
    assertThat(answer.headers().first("Content-Type"))
        .contains("application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse");
    assertThat(HexFormat.of().formatHex(Remote.bytes(answer)))
        .isEqualTo(
            "57b860d5a80a550a0e0a085f5f6e616d655f5f12026d780a060a0161120162123b08e09d82fe9f3410c0"
                + "f285fe9f34180122290005c0bb84fcbf683ff000000000000098754003e137ffb7fe580f800f000f8"
                + "00fe1b2e0be826d6950");
  }

  @Test
  void sendsNothingForNothing() {
    Response answer = Remote.send(doors.read, Streams.streamed(Remote.read(0, BASE, MX)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Remote.bytes(answer)).isEmpty();
  }

  @Test
  void putsAtMost120SamplesIntoAChunkAndAtMostAMebibyteIntoAFrame() {
    Random random = new Random(1);
    WriteRequestEncoder request =
        new WriteRequestEncoder().series("__name__", "mx", "long", "x".repeat(1_500));
    for (int i = 0; i < 150_000; i++) {
      request.sample(BASE + i, random.nextDouble());
    }
    assertThat(doors.write(request).status()).isEqualTo(204);

    List<Streams.Frame> frames =
        Streams.frames(Remote.send(doors.read, Streams.streamed(Remote.read(0, BASE * 2, MX))));

    Streams.assertFramesAreSmall(frames);
    assertThat(frames).hasSizeBetween(2, 3);
    assertThat(frames)
        .allSatisfy(frame -> assertThat(frame.chunkSizes()).allMatch(size -> size <= 120));
    List<Remote.Sample> samples = Streams.series(frames, 0).getFirst().samples();
    assertThat(samples).hasSize(150_000);
    assertThat(doors.read(0, BASE * 2, MX).getFirst().samples().equals(samples)).isTrue();
  }

  @Test
  void saysTheSameInSlicesOfAnySizeAndInBothTypes() {
    Random random = new Random(17);
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < 18; i++) {
      request.series(
          "__name__", "mx", "a", "" + i % 7, i % 3 == 0 ? "b" : "c", "it's " + i, "same", "s");
      for (int s = 0; s < i; s++) {
        request.sample(
            BASE + s * 1_000L, random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian());
      }
    }
    doors.write(request);
    for (Matcher more :
        List.of(
            new Matcher(2, "same", "s|t"),
            new Matcher(2, "a", "[0-4]"),
            new Matcher(3, "b", "it's [0-9]"),
            new Matcher(2, "c", "it's 1.*"))) {
      byte[] query =
          Remote.read(BASE - 10, BASE + 60_000, new Matcher(2, "__name__", "m[x-z]"), more);
      List<Remote.Series> expected = Remote.results(Remote.send(doors.read, query)).getFirst();
      assertThat(expected).isNotEmpty();
      for (int[] limits : new int[][] {{1, 100_000}, {7, 100_000}, {100, 300}, {1 << 20, 1}}) {
        Handler sliced =
            new RemoteRead(
                    MemoryStore.TABLE,
                    options().withSlices(limits[0], limits[1]),
                    ReadListener.NONE,
                    () -> Doors.START)
                .over(doors.store, doors.store);
        assertThat(Remote.results(Remote.send(sliced, query)).getFirst()).isEqualTo(expected);
        List<Streams.Frame> frames = Streams.frames(Remote.send(sliced, Streams.streamed(query)));
        assertThat(Streams.series(frames, 0)).isEqualTo(expected);
      }
    }
  }

  @Test
  void answersEachQueryByItsIndex() {
    for (String metric : List.of("mx", "my")) {
      doors.write(new WriteRequestEncoder().series("__name__", metric).sample(BASE, 1));
    }
    ProtobufWriter writer = new ProtobufWriter(64);
    Remote.query(writer, 0, BASE, new Matcher(0, "__name__", "my"));
    Remote.query(writer, 0, BASE, new Matcher(0, "__name__", "none"));
    Remote.query(writer, 0, BASE, MX);
    List<Streams.Frame> frames =
        Streams.frames(
            Remote.send(doors.read, Streams.streamed(SnappyBlock.pack(writer.toByteArray()))));
    assertThat(frames).extracting(Streams.Frame::query).containsExactly(0, 2);
    assertThat(frames.get(1).series().labels()).containsEntry("__name__", "mx");
  }

  @Test
  void answersAFailureBeforeTheFirstByteWithAStatus() {
    doors.write(
        new WriteRequestEncoder()
            .series("__name__", "mx")
            .sample(BASE, 1)
            .series("__name__", "my")
            .sample(BASE, 1));
    byte[] request = Streams.streamed(Remote.read(0, BASE, new Matcher(2, "__name__", "m.")));
    for (int calls : IntStream.range(0, callsBeforeTheFirstByte()).toArray()) {
      doors.store.failAfter(calls, new StoreException(Kind.TIMED_OUT, "too slow"));
      assertThat(Remote.send(doors.read, request).status()).isEqualTo(503);
    }
  }
}
