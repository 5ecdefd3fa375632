// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of a test's class that counts aloud what it was told is durable, and is killed. */
public final class KilledProcess {

  private KilledProcess() {}

  /**
   * Runs a class with the words {@code FOLDER FIRST} and kills it, with no chance to tidy up, when
   * it has said a number; it says one a line, ascending.
   *
   * @return the last number that it said, {@code first - 1} where it said none
   */
  public static int run(Class<?> victim, Path folder, int first, int killAfter)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    victim.getName(),
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
