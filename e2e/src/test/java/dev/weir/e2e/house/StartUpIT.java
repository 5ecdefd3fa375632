// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged distribution as an operator starts it. */
class StartUpIT {

  /** What the product promises on a warm build with an empty folder. */
  private static final Duration READY_MAX = Duration.ofSeconds(2);

  /** The best of a few: a busy machine says nothing about Weir. */
  private static final int ATTEMPTS = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path distribution = Checkout.ofThisBuild().root().resolve("app/target/weir");
  @TempDir private Path folder;

  @Test
  void packagingMadeStartUpCaches() {
    assertThat(distribution.resolve("weir.aot")).isRegularFile();
    assertThat(distribution.resolve("connector.aot")).isRegularFile();
  }

  @Test
  void isReadyWithin2SecondsOnAnEmptyFolderAndEndsWith0() throws Exception {
    List<Duration> starts = new ArrayList<>();
    while (starts.size() < ATTEMPTS && starts.stream().noneMatch(StartUpIT::isFast)) {
      starts.add(startAndStop("attempt" + starts.size()));
    }
    assumeFalse(
        starts.stream().noneMatch(StartUpIT::isFast) && isMachineBusy(),
        "too much else runs on this machine to measure a start: " + starts);
    assertThat(starts).as("times to /-/ready").anyMatch(StartUpIT::isFast);
  }

  private static boolean isFast(Duration start) {
    return start.compareTo(READY_MAX) <= 0;
  }

  private static boolean isMachineBusy() {
    OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    return machine.getSystemLoadAverage() > 2.0 * machine.getAvailableProcessors();
  }

  private Duration startAndStop(String name) throws Exception {
    int port = freePort();
    Path log = folder.resolve(name + ".log");
    long spawnNanos = System.nanoTime();
    Process weir =
        new ProcessBuilder(
                distribution.resolve("weir").toString(),
                "serve",
                "--web.listen-address=127.0.0.1:" + port,
                "--data-dir=" + folder.resolve(name))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      awaitReady(weir, log, URI.create("http://127.0.0.1:" + port + "/-/ready"));
      Duration start = Duration.ofNanos(System.nanoTime() - spawnNanos);
      weir.destroy();
      assertThat(weir.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(weir.exitValue()).as(() -> text(log)).isZero();
      return start;
    } finally {
      weir.destroyForcibly();
    }
  }

  private static void awaitReady(Process weir, Path log, URI ready) throws Exception {
    long giveUpNanos = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(ready).timeout(PATIENCE).build();
      while (true) {
        assertThat(weir.isAlive()).as(() -> text(log)).isTrue();
        assertThat(System.nanoTime()).as(() -> text(log)).isLessThan(giveUpNanos);
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // Not listening yet.
        }
        Thread.sleep(5);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
