// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Prometheus and Weir take the same samples and stream them back: byte for byte the same frames,
 * with the same chunks in the same order.
 */
class StreamedReadIT {
  private static final long SEED = 20_261_121;
  private static final int SERIES = 30;

  /** Fewer than a chunk of Prometheus holds, 120: both then make one chunk a series. */
  private static final int SAMPLES = 100;

  private static final long STEP_MILLIS = 15_000;

  /** Prometheus cuts a chunk where a block of two hours ends. */
  private static final long BLOCK_MILLIS = 7_200_000;

  private static final double[] UNUSUAL = {
    Double.NaN,
    Double.longBitsToDouble(0x7ff0_0000_0000_0002L), // stale
    Double.longBitsToDouble(0x7ff8_0000_0000_0001L), // Prometheus' ordinary NaN
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    Double.MIN_VALUE,
    Double.MAX_VALUE
  };

  @TempDir Path folder;

  @Test
  void streamsTheSameFramesAsPrometheus() {
    try (PrometheusProcess prometheus =
            PrometheusProcess.start(
                folder.resolve("prometheus"),
                RealProcess.freePort(),
                "global: {scrape_interval: 1h}",
                "--web.enable-remote-write-receiver");
        WeirProcess weir = WeirProcess.start(folder)) {
      RemoteClient reference = new RemoteClient(prometheus.web());
      RemoteClient ours = new RemoteClient(weir.web());
      long base = (System.currentTimeMillis() / BLOCK_MILLIS - 1) * BLOCK_MILLIS + 600_000;
      byte[] body = samples(base);
      assertThat(reference.write(body).statusCode()).isEqualTo(204);
      assertThat(ours.write(body).statusCode()).isEqualTo(204);
      long end = base + SAMPLES * STEP_MILLIS;
      byte[] all = query(base, end, 0, "__name__", "streamed");
      assertThat(reference.read(all).body().length).isGreaterThan(SERIES * SAMPLES);
      assertSame(reference, ours, all);
      assertSame(reference, ours, query(base + 200_000, end - 300_000, 2, "number", "1.*"));
      assertSame(reference, ours, query(base, end, 3, "odd", "1"));
      assertSame(reference, ours, query(base, end, 1, "odd", "1"));
      assertSame(reference, ours, query(base, end, 0, "__name__", "nosuch"));
    }
  }

  private static void assertSame(RemoteClient reference, RemoteClient ours, byte[] query) {
    HttpResponse<byte[]> wanted = reference.read(query);
    HttpResponse<byte[]> found = ours.read(query);
    assertThat(found.statusCode())
        .as(() -> new String(found.body(), StandardCharsets.UTF_8))
        .isEqualTo(wanted.statusCode());
    if (wanted.body().length > 0) {
      assertThat(found.headers().firstValue("Content-Type"))
          .isEqualTo(wanted.headers().firstValue("Content-Type"));
    }
    assertThat(HexFormat.of().formatHex(found.body()))
        .isEqualTo(HexFormat.of().formatHex(wanted.body()));
  }

  private static byte[] query(long start, long end, int type, String label, String value) {
    WireWriter query =
        new WireWriter()
            .varint(1, start)
            .varint(2, end)
            .message(3, new WireWriter().varint(1, type).text(2, label).text(3, value));
    // 1 is STREAMED_XOR_CHUNKS.
    return new WireWriter().message(1, query).bytes(2, new byte[] {1}).compressed();
  }

  /** Times with a jitter, values of every kind, among them those that are not finite. */
  private static byte[] samples(long base) {
    Random random = new Random(SEED);
    WireWriter request = new WireWriter();
    for (int number : IntStream.range(0, SERIES).toArray()) {
      WireWriter series = new WireWriter();
      labels(number).forEach(series::label);
      double walk = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        walk += random.nextInt(100);
        long time = base + sample * STEP_MILLIS + random.nextInt(number % 3 == 0 ? 1 : 2_000);
        double value = value(random, number, sample, walk);
        series.message(2, new WireWriter().fixed64(1, value).varint(2, time));
      }
      request.message(1, series);
    }
    return request.compressed();
  }

  private static double value(Random random, int number, int sample, double walk) {
    return switch (number % 5) {
      case 0 -> walk;
      case 1 -> random.nextDouble();
      case 2 -> sample % 7 == 3 ? UNUSUAL[sample / 7 % UNUSUAL.length] : walk / 100;
      case 3 -> UNUSUAL[sample % UNUSUAL.length];
      default -> 5;
    };
  }

  private static SortedMap<String, String> labels(int number) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("__name__", number % 4 == 3 ? "streamed:other" : "streamed");
    labels.put("number", Integer.toString(number));
    for (String name : List.of("odd", "time", "weir_x", "Zone")) {
      if (number % (name.length() - 1) == 1) {
        labels.put(name, "1");
      }
    }
    return labels;
  }
}
