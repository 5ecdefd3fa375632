// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the log of the garbage collector says.
 *
 * @param peakHeapBytes the most that was in use when a collection began, garbage included
 * @param largestKeptBytes the most that was in use when a collection ended
 */
record CollectionLog(
    int collections, double pauseMillis, long peakHeapBytes, long largestKeptBytes) {

  private static final Pattern PAUSE =
      Pattern.compile("Pause .* (\\d+)([KMG])->(\\d+)([KMG])\\(\\d+[KMG]\\) ([\\d.]+)ms");

  /** The flag of the JVM that writes the log. */
  static String flag(Path file) {
    return "-Xlog:gc:file=" + file.toAbsolutePath();
  }

  static CollectionLog read(Path file) throws IOException {
    int collections = 0;
    double pauseMillis = 0;
    long peak = 0;
    long kept = 0;
    for (String line : Files.readAllLines(file)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        collections++;
        pauseMillis += Double.parseDouble(pause.group(5));
        peak = Math.max(peak, bytes(pause.group(1), pause.group(2)));
        kept = Math.max(kept, bytes(pause.group(3), pause.group(4)));
      }
    }
    return new CollectionLog(collections, pauseMillis, peak, kept);
  }

  private static long bytes(String number, String unit) {
    int shift =
        switch (unit) {
          case "K" -> 10;
          case "M" -> 20;
          default -> 30;
        };
    return Long.parseLong(number) << shift;
  }
}
