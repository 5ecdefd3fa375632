// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, at moments that differ, and looks at what it leaves behind. */
class CrashTest {

  private static final Instant START = Instant.parse("2026-03-10T23:59:00Z");

  @TempDir Path folder;

  /** The process: goes on from a batch, and says the number of each batch that was acknowledged. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      EmbeddedStore store =
          EmbeddedStore.open(
              EmbeddedStoreOptions.of(Path.of(arguments[0]))
                  .withGenerationRowsMax(40 * TestPoints.SERIES));
      TestPoints.makeTable(store);
      for (int number = Integer.parseInt(arguments[1]); ; number++) {
        TestPoints.write(store, START, number);
        System.out.println(number);
      }
    }
  }

  @Test
  void keepsEveryAcknowledgedBatchWholeAfterAKill() throws Exception {
    int next = 0;
    for (int round = 0; round < 4; round++) {
      next = writeThenKill(next, next + 30 + 45 * round) + 1;
      try (EmbeddedStore store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder))) {
        long count = TestPoints.count(store);
        assertThat(TestPoints.halfBatches(store)).isZero();
        assertThat(count).isGreaterThanOrEqualTo((long) next * TestPoints.SERIES);
        // The last one may be there without having been acknowledged.
        assertThat(count).isLessThanOrEqualTo((next + 1L) * TestPoints.SERIES);
      }
    }
  }

  /** Returns the last batch that was acknowledged. */
  private int writeThenKill(int first, int killAfter) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Victim.class.getName(),
                    folder.toString(),
                    Integer.toString(first)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = first - 1;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Integer.parseInt(line);
        if (last == killAfter) {
          // Not destroyForcibly(): it closes our end, and with it what was acknowledged last.
          new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start().waitFor();
        }
      }
    }
    process.waitFor();
    return last;
  }
}
