// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeProcessTest {

  private static final double VALUE = 0.1 + 0.2;

  private final long now = System.currentTimeMillis();

  @TempDir Path folder;

  @Test
  void keepsWhatItAcknowledgedOverAStopAndAKill() throws Exception {
    Path dataDir = folder.resolve("data");
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir);
        PrometheusClient client = new PrometheusClient(weir.awaitReady())) {
      assertThat(client.write("first", now, VALUE)).isEqualTo(204);
      assertThat(client.reads("first", now, VALUE)).isTrue();
      weir.terminate();
      assertThat(weir.awaitExit()).isZero();
      assertThat(weir.errorLines()).last().asString().contains("Weir has stopped");
    }
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir);
        PrometheusClient client = new PrometheusClient(weir.awaitReady())) {
      assertThat(client.reads("first", now, VALUE)).isTrue();
      assertThat(client.write("second", now, -VALUE)).isEqualTo(204);
      weir.kill();
      weir.awaitExit();
    }
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir);
        PrometheusClient client = new PrometheusClient(weir.awaitReady())) {
      assertThat(client.reads("first", now, VALUE)).isTrue();
      assertThat(client.reads("second", now, -VALUE)).isTrue();
      assertThat(client.reads("third", now, VALUE)).isFalse();
    }
  }

  @Test
  void sharesItsFolderWithNobody() throws Exception {
    Path dataDir = folder.resolve("data");
    try (WeirProcess first = WeirProcess.serve(folder, dataDir)) {
      first.awaitReady();
      try (WeirProcess second = WeirProcess.serve(folder, dataDir)) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.errorLines())
            .singleElement()
            .asString()
            .startsWith("weir: ")
            .contains(dataDir.toString())
            .contains(Long.toString(first.pid()));
      }
    }
  }

  @Test
  void refusesAFolderOfANewerFormat() throws Exception {
    Path dataDir = folder.resolve("data");
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir)) {
      weir.awaitReady();
      weir.terminate();
      weir.awaitExit();
    }
    Files.writeString(dataDir.resolve("format"), "999\n");
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir)) {
      assertThat(weir.awaitExit()).isEqualTo(1);
      assertThat(weir.errorLines()).singleElement().asString().contains("999").contains("newer");
    }
  }

  @Test
  void copiesARunningStore() throws Exception {
    Path dataDir = folder.resolve("data");
    Path copy = folder.resolve("copy");
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir);
        PrometheusClient client = new PrometheusClient(weir.awaitReady())) {
      assertThat(client.write("kept", now, VALUE)).isEqualTo(204);
      try (WeirProcess backup =
          WeirProcess.run(folder, "backup", copy.toString(), "--data-dir=" + dataDir)) {
        assertThat(backup.output()).startsWith("copied ");
        assertThat(backup.awaitExit()).isZero();
      }
    }
    try (WeirProcess weir = WeirProcess.serve(folder, copy);
        PrometheusClient client = new PrometheusClient(weir.awaitReady())) {
      assertThat(client.reads("kept", now, VALUE)).isTrue();
    }
  }

  @Test
  void numbersAreEnglishAsItsTextsAre() throws Exception {
    try (WeirProcess weir = WeirProcess.serve(folder, folder.resolve("data"))) {
      String endpoint = "--endpoint=http://" + weir.awaitReady();
      try (WeirProcess query = WeirProcess.run(folder, "query", endpoint, "SELECT 1")) {
        assertThat(query.output()).containsPattern("\n1 rows? in [0-9]+\\.[0-9]{3} s\n");
        assertThat(query.awaitExit()).isZero();
      }
    }
  }

  @Test
  void scrapesItselfAtOnce() throws Exception {
    try (WeirProcess weir =
            WeirProcess.serve(folder, folder.resolve("data"), "--log.format=logfmt");
        PrometheusClient client = new PrometheusClient(weir.awaitReady())) {
      String stored = "";
      while (!stored.matches("(?s).*\nweir_samples_stored_total [1-9].*")) {
        stored = client.get("/metrics");
      }
      assertThat(stored).contains("weir_build_info");
    }
  }

  @Test
  void answersAWrongFlagWithOneLine() throws IOException, InterruptedException {
    try (WeirProcess weir = WeirProcess.run(folder, "serve", "--retenton=1d")) {
      assertThat(weir.awaitExit()).isEqualTo(1);
      assertThat(weir.errorLines())
          .containsExactly("weir: unknown flag --retenton (did you mean --retention?)");
    }
  }

  @Test
  void refusesToListenWhereOthersCouldReachAnOpenDoor() throws IOException, InterruptedException {
    try (WeirProcess weir =
        WeirProcess.run(folder, "serve", "--data-dir=data", "--web.listen-address=0.0.0.0:0")) {
      assertThat(weir.awaitExit()).isEqualTo(1);
      assertThat(weir.errorLines()).singleElement().asString().startsWith("weir: ");
    }
  }
}
