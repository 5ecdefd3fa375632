// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.read.ReadListener;
import dev.weir.prometheus.read.ReadPlan;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.prometheus.write.WriteListener;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/**
 * The plan for Timestream over an engine that runs its statements: what it answers is, byte for
 * byte, what the plan for that engine answers.
 */
class ReadPlansTest {

  private static final TableName TABLE = new TableName("weir", "prometheus");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final long T = NOW.toEpochMilli();
  private static final int SPAN_SECONDS = 1_800;

  @Test
  void answersAreEqual(@TempDir Path folder) throws IOException {
    Random random = new Random(7);
    try (EmbeddedStore store =
        EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(CLOCK))) {
      store.createIfMissing(TABLE, TableRules.own(Duration.ofDays(365)));
      write(store, random);
      Handler listed = door(store, ReadPlan.listThenSlices(), 100_000);
      int found = 0;
      for (int round = 0; round < 60; round++) {
        byte[] query = query(random);
        ReadPlan plan =
            new ReadPlan.Grouped(
                pick(random, 20, 500, 1_000_000),
                Duration.ofSeconds(pick(random, 7, 60, 7_200)),
                Duration.ofSeconds(pick(random, 0, 15)),
                2);
        byte[] expected = ask(listed, query);
        found += expected.length > 10 ? 1 : 0;
        assertThat(ask(door(store, plan, pick(random, 50, 100_000)), query))
            .as("round %d, %s", round, plan)
            .isEqualTo(expected);
      }
      assertThat(found).isGreaterThan(30);
    }
  }

  private static Handler door(EmbeddedStore store, ReadPlan plan, int sliceSamples) {
    RemoteReadOptions options =
        RemoteReadOptions.defaults().withPlan(plan).withSlices(sliceSamples, 200 * 1_024);
    return new RemoteRead(TABLE, options, ReadListener.NONE, CLOCK).over(store, store);
  }

  private static void write(EmbeddedStore store, Random random) {
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < 40; i++) {
      TreeMap<String, String> labels = new TreeMap<>();
      labels.put("__name__", "m" + i % 4);
      labels.put("i", "" + i);
      for (String label : new String[] {"a", "b", "time"}) {
        if (random.nextInt(3) > 0) {
          labels.put(label, "v" + random.nextInt(3));
        }
      }
      request.series(labels);
      long time = T - random.nextInt(SPAN_SECONDS * 1_000);
      int step = 1_000 + random.nextInt(30_000);
      for (int s = 0; s < 60 && time < T; s++) {
        request.sample(time, random.nextInt(6) == 0 ? Double.NaN : random.nextGaussian());
        time += random.nextInt(10) == 0 ? 200_000 : step;
      }
    }
    Handler write =
        new RemoteWrite(TABLE, RemoteWriteOptions.defaults(), WriteListener.NONE, CLOCK)
            .over(store);
    assertThat(send(write, request.body()).status()).isEqualTo(204);
  }

  private static byte[] query(Random random) throws IOException {
    long start = T - random.nextInt(SPAN_SECONDS * 1_000);
    long end = start + random.nextInt(random.nextInt(4) == 0 ? 14_000 : SPAN_SECONDS * 1_000);
    ProtobufWriter writer = new ProtobufWriter(256);
    int query = writer.begin(1);
    writer.integer(1, start);
    writer.integer(2, end);
    boolean one = random.nextBoolean();
    matcher(writer, one ? 0 : 2, "__name__", one ? "m" + random.nextInt(5) : "m[0-2]");
    String label = new String[] {"a", "b", "time", "none"}[random.nextInt(4)];
    String value = new String[] {"v0", "", "v[01]", "v.*|", "(?i)V2"}[random.nextInt(5)];
    matcher(writer, random.nextInt(4), label, value);
    writer.end(query);
    return Snappy.compress(writer.toByteArray());
  }

  private static void matcher(ProtobufWriter writer, int type, String name, String value) {
    int begun = writer.begin(3);
    writer.integer(1, type);
    writer.string(2, name);
    writer.string(3, value);
    writer.end(begun);
  }

  private static byte[] ask(Handler door, byte[] query) throws IOException {
    Response response = send(door, query);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    response.body().writeTo(out);
    assertThat(response.status()).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(200);
    return Snappy.uncompress(out.toByteArray());
  }

  private static Response send(Handler door, byte[] body) {
    return door.handle(
        new Request("POST", "/", "", Headers.empty(), body.length, new ByteArrayInputStream(body)));
  }

  private static int pick(Random random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
