// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code weir query} as the program that is shipped, against a running Weir. */
class QueryVerbIT {

  private static final String CPU =
      "SELECT host, max(measure_value::double) AS cpu FROM fleet.hosts"
          + " WHERE measure_name = 'cpu_user' GROUP BY host ORDER BY host";

  /** A million million rows, of which none is wanted. */
  private static final String ENDLESS =
      "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x)"
          + " CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y)"
          + " CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y + z = -1";

  @TempDir static Path folder;
  private static WeirProcess weir;
  private static String endpoint;

  @BeforeAll
  static void start() {
    weir = WeirProcess.start(folder, "--doors=timestream,console");
    endpoint = "--endpoint=http://" + weir.web().address();
    FleetTable.write(new WireApi(weir.web()));
  }

  @AfterAll
  static void stop() {
    weir.close();
  }

  @Test
  void printsATable() {
    QueryProgram.Ended ended = QueryProgram.run(folder, endpoint, CPU);
    assertThat(ended.error()).isEmpty();
    assertThat(ended.status()).isZero();
    assertThat(ended.output())
        .matches(
            """
            host     cpu
            ------  ----
            host-1  19\\.0
            host-2  29\\.0
            2 rows in \\d+\\.\\d{3} s
            """);
  }

  @Test
  void printsCsvWithNothingElseOnStandardOutput() {
    QueryProgram.Ended ended = QueryProgram.run(folder, endpoint, "--format", "csv", CPU);
    assertThat(ended.output()).isEqualTo("host,cpu\r\nhost-1,19.0\r\nhost-2,29.0\r\n");
    assertThat(ended.error()).matches("2 rows in \\d+\\.\\d{3} s\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void printsJsonThatOthersRead() throws IOException {
    Path file =
        Files.writeString(folder.resolve("q.sql"), "SELECT 'zwölf ☂' AS t, ARRAY[1, 2] AS a");
    QueryProgram.Ended ended =
        QueryProgram.run(folder, endpoint, "--format=json", "-f", file.toString());
    JsonNode document = WireApi.JSON.readTree(ended.output());
    assertThat(document.path("columns").toString())
        .isEqualTo(
            "[{\"name\":\"t\",\"type\":\"varchar\"},{\"name\":\"a\",\"type\":\"array(integer)\"}]");
    assertThat(document.path("rows").toString()).isEqualTo("[[\"zwölf ☂\",[1,2]]]");
    assertThat(ended.status()).isZero();
  }

  @Test
  void exits1WithTheErrorOnOneLine() {
    QueryProgram.Ended wrong = QueryProgram.run(folder, endpoint, "SELECT nope");
    assertThat(wrong.error()).isEqualTo("weir: line 1:8: Column 'nope' does not exist\n");
    assertThat(wrong.output()).isEmpty();
    assertThat(wrong.status()).isEqualTo(1);

    QueryProgram.Ended nobody =
        QueryProgram.run(folder, "--endpoint=http://127.0.0.1:1", "SELECT 1");
    assertThat(nobody.error().lines())
        .singleElement()
        .asString()
        .startsWith("weir: no answer from http://127.0.0.1:1 (is a Weir running there?): ");
    assertThat(nobody.status()).isEqualTo(1);
  }

  @Test
  void ctrlCCancelsTheQueryWhereItRuns() {
    try (QueryProgram program = QueryProgram.start(folder, endpoint, ENDLESS)) {
      Patience.until(
          Duration.ofSeconds(30), () -> "the query never ran", () -> busy(weir.process().pid()));
      assertThat(program.isAlive()).isTrue();
      program.interrupt();
      QueryProgram.Ended ended = program.end();
      assertThat(ended.status()).isEqualTo(130);
      assertThat(ended.output()).isEmpty();
    }
    Patience.until(
        Duration.ofSeconds(30), () -> "the query runs on", () -> !busy(weir.process().pid()));
    assertThat(new WireApi(weir.web()).scalars("SELECT 1")).hasSize(1);
  }

  /** Whether the process is at work for a good part of half a second; others may be, too. */
  static boolean busy(long pid) {
    Duration before = cpu(pid);
    Patience.pause(500);
    return cpu(pid).minus(before).toMillis() > 100;
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow();
  }
}
