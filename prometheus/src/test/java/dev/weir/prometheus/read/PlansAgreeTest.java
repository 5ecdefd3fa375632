// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Handler;
import dev.weir.prometheus.Doors;
import dev.weir.prometheus.MemoryStore;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.Remote.Matcher;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random series, gaps, NaNs and ranges: what is read does not depend on the plan. */
class PlansAgreeTest {

  private static final int SPAN_SECONDS = 1_200;

  private final Doors doors = new Doors();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAreEqual(long seed) {
    Random random = new Random(seed);
    write(random);
    for (int round = 0; round < 30; round++) {
      long start = T - random.nextInt(SPAN_SECONDS * 1_000);
      long end = start + random.nextInt(random.nextBoolean() ? 14_000 : SPAN_SECONDS * 1_000);
      byte[] query = Remote.read(start, end, matchers(random));
      List<Remote.Series> expected = Remote.results(Remote.send(doors.read, query)).getFirst();
      doors.store.limitRows(random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(40));
      ReadPlan plan =
          new ReadPlan.Grouped(
              pick(random, 0, 5, 200, 1_000_000),
              Duration.ofSeconds(pick(random, 1, 7, 60, 7_200)),
              Duration.ofSeconds(pick(random, 0, 15, 5_000)),
              1 + random.nextInt(3));
      RemoteReadOptions options =
          RemoteReadOptions.defaults()
              .withPlan(plan)
              .withSlices(pick(random, 1, 50, 100_000), 10_000);
      Handler grouped =
          new RemoteRead(MemoryStore.TABLE, options, ReadListener.NONE, () -> Doors.START)
              .over(doors.store, doors.store);
      for (int again = 0; again < 2; again++) {
        assertThat(Remote.results(Remote.send(grouped, query)).getFirst())
            .as("seed %d, round %d, %s", seed, round, plan)
            .isEqualTo(expected);
        assertThat(Streams.series(Streams.frames(Remote.send(grouped, Streams.streamed(query))), 0))
            .isEqualTo(expected);
      }
      doors.store.limitRows(Integer.MAX_VALUE);
    }
  }

  private void write(Random random) {
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < 40; i++) {
      TreeMap<String, String> labels = new TreeMap<>();
      labels.put("__name__", "m" + random.nextInt(4));
      labels.put("i", "" + i);
      for (String label : new String[] {"a", "b", "time"}) {
        if (random.nextInt(3) > 0) {
          labels.put(label, "v" + random.nextInt(3));
        }
      }
      request.series(labels);
      int step = 1 + random.nextInt(60_000);
      long time = T - random.nextInt(SPAN_SECONDS * 1_000);
      for (int s = 0; s < random.nextInt(80) && time < T; s++) {
        request.sample(
            time, random.nextInt(6) == 0 ? Double.NaN : random.nextInt(9) == 0 ? 1 / 0.0 : s);
        time += random.nextInt(10) == 0 ? 200_000 : step;
      }
    }
    assertThat(doors.write(request).status()).isEqualTo(204);
  }

  private static Matcher[] matchers(Random random) {
    Matcher metric =
        switch (random.nextInt(5)) {
          case 0 -> new Matcher(2, "__name__", "m[0-2]");
          case 1 -> new Matcher(3, "__name__", "m1");
          case 2 -> new Matcher(2, "__name__", "m1|m3");
          default -> new Matcher(0, "__name__", "m" + random.nextInt(5));
        };
    String label = new String[] {"a", "b", "time", "none"}[random.nextInt(4)];
    String value = new String[] {"v0", "", "v[01]", "v.*|", "(?i)V2"}[random.nextInt(5)];
    return new Matcher[] {metric, new Matcher(random.nextInt(4), label, value)};
  }

  private static int pick(Random random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
