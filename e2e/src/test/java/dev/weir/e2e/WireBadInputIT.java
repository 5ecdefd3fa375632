// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.WireApi.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever comes over the wire API: the documented exception, nothing half stored, a live Weir. */
class WireBadInputIT {

  /** The heap has 512 MB in these tests; the rest is the engine and the virtual machine. */
  private static final long MEMORY_LIMIT_BYTES = 1_200L << 20;

  /** More than the engine keeps of a sort in memory and on the way to disk. */
  private static final long SPILLED_BYTES = 64 << 20;

  private static final int QUERY_BYTES_MAX = 262_144;

  @TempDir static Path folder;
  private static WeirProcess weir;
  private static WireApi api;

  @BeforeAll
  static void start() {
    weir = WeirProcess.start(folder, "--doors=timestream,console");
    api = new WireApi(weir.web());
    api.createTable("plant", "sensors");
  }

  @AfterAll
  static void stop() {
    weir.close();
  }

  @AfterEach
  void livesStoresNothingAndStaysSmall() {
    assertThat(weir.process().isAlive()).isTrue();
    assertThat(api.scalars("SELECT count(*) FROM plant.sensors")).containsExactly(List.of("0"));
    assertThat(weir.process().peakResidentBytes()).isLessThan(MEMORY_LIMIT_BYTES);
  }

  private static void refuses(String type, Answer answer) {
    assertThat(answer.type()).as("%s", answer.body()).isEqualTo(type);
    assertThat(answer.message()).isNotBlank().doesNotContainIgnoringCase("duckdb");
  }

  private static Answer query(String sql) {
    return api.send("Query", WireApi.JSON.createObjectNode().put("QueryString", sql).toString());
  }

  private static Answer write(String records) {
    return api.send(
        "WriteRecords",
        "{\"DatabaseName\":\"plant\",\"TableName\":\"sensors\",\"Records\":[%s]}"
            .formatted(records));
  }

  private static String record(String name, String value, String type, String time) {
    return "{\"Dimensions\":[{\"Name\":\"site\",\"Value\":\"a\"}],\"MeasureName\":\"%s\","
            .formatted(name)
        + "\"MeasureValue\":\"%s\",\"MeasureValueType\":\"%s\",\"Time\":\"%s\"}"
            .formatted(value, type, time);
  }

  private static String now() {
    return Long.toString(System.currentTimeMillis());
  }

  @Test
  void malformedJsonIsASerializationException() {
    for (String body :
        List.of("", "{", "[]", "null", "{\"QueryString\":1}", "{\"QueryString\":\"x\"", "\u0000")) {
      refuses("SerializationException", api.send("Query", body));
    }
    refuses("SerializationException", api.send("Query", new byte[] {'{', '"', (byte) 0xc3, 0x28}));
    refuses("UnknownOperationException", api.send("DropEverything", "{}"));
  }

  @Test
  void aThousandLevelsOfJsonAreRefused() {
    String deep = "{\"QueryString\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";
    refuses("SerializationException", api.send("Query", deep));
    String members = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);
    refuses("SerializationException", api.send("WriteRecords", members));
  }

  @Test
  void aBodyOfTensOfMegabytesIsRefused() {
    for (int megabytes : new int[] {5, 31}) {
      refuses("ValidationException", query("SELECT 1" + " ".repeat(megabytes << 20)));
    }
  }

  @Test
  void aQueryOf256KiBRunsAndOneByteMoreDoesNot() {
    String longest = "SELECT 1 --" + "x".repeat(QUERY_BYTES_MAX - 11);
    assertThat(query(longest).status()).isEqualTo(200);
    refuses("ValidationException", query(longest + "x"));
    refuses("ValidationException", query("SELECT '" + "ü".repeat(QUERY_BYTES_MAX / 2) + "'"));
  }

  @Test
  void aThousandLevelsOfSqlAreRefusedOrAnswered() {
    for (String sql :
        List.of(
            "SELECT " + "(".repeat(1_000) + "1" + ")".repeat(1_000),
            "SELECT " + "-".repeat(1) + "(-".repeat(1_000) + "1" + ")".repeat(1_000),
            "SELECT * FROM " + "(SELECT * FROM ".repeat(1_000) + "(VALUES 1)" + ")".repeat(1_000),
            "SELECT " + "abs(".repeat(20_000) + "1" + ")".repeat(20_000),
            "SELECT 1 WHERE " + "NOT ".repeat(20_000) + "true")) {
      Answer answer = query(sql);
      if (answer.status() != 200) {
        refuses("ValidationException", answer);
      }
    }
  }

  @Test
  void halfSurrogatesAreRefusedInTextAndNames() {
    Answer text = api.send("Query", "{\"QueryString\":\"SELECT '\\ud800'\"}");
    assertThat(text.type()).isIn("ValidationException", "SerializationException");
    for (String part : List.of("\\ud800", "a\\udc00b")) {
      Answer dimension =
          write(record("heat", "1", "DOUBLE", now()).replace("\"a\"", "\"" + part + "\""));
      assertThat(dimension.type()).isIn("ValidationException", "SerializationException");
      Answer value = write(record("text", part, "VARCHAR", now()));
      assertThat(value.type()).isIn("ValidationException", "SerializationException");
    }
  }

  @Test
  void oneBadRecordOfManyWritesNone() {
    String good = record("heat", "1", "DOUBLE", now());
    for (String bad :
        List.of(
            record("heat", "NaN", "DOUBLE", now()),
            record("heat", "Infinity", "DOUBLE", now()),
            record("heat", "1e999", "DOUBLE", now()),
            record("heat", "twelve", "BIGINT", now()),
            record("heat", "9223372036854775808", "BIGINT", now()),
            record("heat", "1", "DOUBLE", "-1"),
            record("heat", "1", "DOUBLE", "soon"),
            record("heat", "1", "DECIMAL", now()),
            record("heat", "", "VARCHAR", now()))) {
      refuses("ValidationException", write(good + "," + bad));
    }
    refuses("ValidationException", write(""));
    refuses("ValidationException", write((good + ",").repeat(100) + good));
  }

  @Test
  void aPathologicalPatternCanBeCancelledAndFreesItsThread() {
    String sql = "SELECT regexp_like('%s', '%s=')".formatted("a".repeat(300), "(.*)".repeat(12));
    cancelsWhatRuns(sql);
  }

  @Test
  void anEndlessJoinCanBeCancelledAndFreesItsThreads() {
    cancelsWhatRuns(
        "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x)"
            + " CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y)"
            + " CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y + z = -1");
  }

  /** A call is answered without rows while its query runs on; the answer names the query. */
  private static void cancelsWhatRuns(String sql) {
    JsonNode page = api.page(sql, 0, null);
    assertThat(page.path("Rows").isEmpty()).as("%s", page).isTrue();
    String token = page.path("NextToken").asString();
    Patience.until(
        Duration.ofSeconds(30),
        () -> "the query doesn't run",
        () -> QueryVerbIT.busy(weir.process().pid()));

    api.call("CancelQuery", "{\"QueryId\":\"%s\"}".formatted(page.path("QueryId").asString()));

    Patience.until(
        Duration.ofSeconds(30),
        () -> "the query runs on",
        () -> !QueryVerbIT.busy(weir.process().pid()));
    Answer after =
        api.send(
            "Query",
            WireApi.JSON
                .createObjectNode()
                .put("QueryString", sql)
                .put("NextToken", token)
                .toString());
    assertThat(after.type()).isIn("ConflictException", "ValidationException");
  }

  @Test
  void aJoinThatWouldFillTheDiskGivesItsSpaceBack() {
    String sql =
        "SELECT x, y, z FROM UNNEST(sequence(1, 10000)) AS a(x)"
            + " CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y)"
            + " CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) ORDER BY x * y * z % 1000003";
    long before = folderBytes();
    JsonNode page = api.page(sql, 0, null);
    Patience.until(
        Duration.ofSeconds(60),
        () -> "nothing was spilled",
        () -> folderBytes() > before + SPILLED_BYTES);

    api.call("CancelQuery", "{\"QueryId\":\"%s\"}".formatted(page.path("QueryId").asString()));

    Patience.until(
        Duration.ofSeconds(30),
        () -> "the folder has %d bytes, %d before".formatted(folderBytes(), before),
        () -> folderBytes() < before + SPILLED_BYTES / 10);
  }

  private static long folderBytes() {
    try (Stream<Path> files = Files.walk(weir.dataFolder())) {
      return files.mapToLong(WireBadInputIT::bytes).sum();
    } catch (IOException | UncheckedIOException e) {
      return folderBytes(); // A file went while it was looked at.
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
