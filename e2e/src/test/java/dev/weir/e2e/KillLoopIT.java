// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weir is killed again and again while several clients write: what it acknowledged is there, and of
 * every other request either all or nothing.
 */
class KillLoopIT {
  private static final long SEED = 20_261_121;
  private static final int KILLS = 6;
  private static final int WRITERS = 4;
  private static final int SHORTEST_LIFE_MILLIS = 300;
  private static final int LONGEST_LIFE_MILLIS = 1_500;

  @TempDir Path folder;

  @Test
  void everyAcknowledgedSampleIsThereAndNoRequestIsHalfThere() throws InterruptedException {
    Random random = new Random(SEED);
    long base = System.currentTimeMillis() - 3_600_000;
    try (WeirProcess weir = WeirProcess.start(folder)) {
      List<KillWriter> writers = new ArrayList<>();
      for (int number = 0; number < WRITERS; number++) {
        writers.add(new KillWriter(number, base, new RemoteClient(weir.web())));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        List<Thread> threads =
            writers.stream()
                .map(writer -> Thread.ofVirtual().start(writer::writeUntilCut))
                .toList();
        Patience.pause(random.nextInt(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS));
        weir.kill();
        for (Thread thread : threads) {
          thread.join();
        }
        weir.restart();
        checkAll(writers, new RemoteClient(weir.web()), base);
      }
      System.out.printf(
          "%d kills, %d requests acknowledged, %d cut%n",
          KILLS,
          writers.stream().mapToInt(KillWriter::acknowledged).sum(),
          writers.stream().mapToInt(KillWriter::cut).sum());
      assertThat(writers).allSatisfy(writer -> assertThat(writer.acknowledged()).isPositive());
    }
  }

  private static void checkAll(List<KillWriter> writers, RemoteClient client, long base) {
    int[][] found = new int[WRITERS][];
    for (int number = 0; number < WRITERS; number++) {
      found[number] = new int[writers.get(number).sent()];
    }
    client.readAll(
        KillWriter.METRIC,
        base,
        base + 3_600_000,
        (labels, time, value) -> count(found, labels, time - base, value));
    for (KillWriter writer : writers) {
      writer.check(found[writer.number()]);
    }
  }

  /** Time and value both carry the number of the request. */
  private static void count(int[][] found, Map<String, String> labels, long time, double value) {
    assertThat(time).isEqualTo((long) value);
    found[Integer.parseInt(labels.get("writer"))][(int) time]++;
  }
}
