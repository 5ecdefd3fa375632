// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of the checks when the file of sites changes, and when Weir is killed. */
class WebsiteChecksLifeIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Sites with one request to a run, so that each visit is a record. */
  private static final String MINE = "siteId IN ('first', 'second')";

  /** Less than a Weir takes to start. */
  private static final int LAG_SECONDS_MAX = 1;

  /** As the original's users hand it to {@code aws dynamodb batch-write-item}. */
  private static final String ORIGINAL_ITEMS =
      """
      {"WSMonitoringConfig": [
        {"PutRequest": {"Item": {"SiteId": {"S": "googlesearch"},
          "endpoint": {"S": "http://127.0.0.1:9/search"}, "rate": {"N": "2"},
          "latencyConstraint": {"N": "2"}, "testString": {"S": "google"}}}},
        {"PutRequest": {"Item": {"SiteId": {"S": "cujosite"},
          "endpoint": {"S": "http://127.0.0.1:9/"}, "rate": {"N": "1"},
          "latencyConstraint": {"N": "5"}, "testString": {"S": "cujo"}}}},
        {"PutRequest": {"Item": {"SiteId": {"S": "quoted"},
          "endpoint": {"S": "http://127.0.0.1:9/?a=b"}, "rate": {"N": "60"},
          "latencyConstraint": {"N": "0.5"}, "testString": {"S": "say \\"hi\\", \\\\n"}}}}
      ]}
      """;

  @TempDir Path folder;
  private FakeSite site;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    site =
        FakeSite.of(v -> {
          if (v.path().equals("/gone")) {
            v.reset();
          } else {
            v.answer("HTTP/1.1 200 OK", "hello".getBytes("utf-8"));
          }
        });
    file = folder.resolve("sites.yaml");
  }

  @AfterEach
  void close() throws IOException {
    site.close();
  }

  @Test
  void aChangeOfTheFileHoldsFromTheNextRunsOnAndABrokenFileChangesNothing() throws IOException {
    write(checked("kept", ""), checked("leaving", ""));
    try (WeirProcess weir = WeirProcess.start(folder, "--sites.file=" + file);
        CheckResults results = new CheckResults(weir.web())) {
      await(results, "siteId = 'kept' AND endpoint_up", 1);
      await(results, "siteId = 'leaving' AND endpoint_up", 1);

      write(checked("kept", ", expect: {contains: goodbye}"), checked("new", ""));
      await(results, "siteId = 'kept' AND error_class = 'body_mismatch'", 1);
      await(results, "siteId = 'new' AND endpoint_up", 1);
      assertThat(listed(weir).keySet()).containsExactly("kept", "new");
      long left = checks(results, "siteId = 'leaving'");
      await(results, "siteId = 'new' AND endpoint_up", 3);
      assertThat(checks(results, "siteId = 'leaving'")).isEqualTo(left);

      write(checked("kept", ""), checked("new", ", intervall: 5s"), checked("other", ""));
      String line = "line=3";
      Patience.until(
          LIMIT,
          weir.process()::lastOutput,
          () ->
              weir.process()
                  .output()
                  .lines()
                  .anyMatch(said ->
                      said.contains("sites.yaml")
                          && said.contains(line)
                          && said.contains("intervall")
                          && said.contains("did you mean interval?")));
      assertThat(weir.web().metric("weir_sites_file_last_reload_successful")).hasValue(0);
      long mismatches = checks(results, "siteId = 'kept' AND error_class = 'body_mismatch'");
      await(results, "siteId = 'kept' AND error_class = 'body_mismatch'", mismatches + 2);
      assertThat(listed(weir).keySet()).containsExactly("kept", "new");
    }
  }

  @Test
  void aKilledWeirHasTheOriginalsItemsAndEveryResultAndMakesNoBurst() throws IOException {
    write(checked("first", ""), checked("second", ""));
    Path items = Files.writeString(folder.resolve("dynamo_entries.json"), ORIGINAL_ITEMS);
    try (WeirProcess weir = WeirProcess.start(folder, "--sites.file=" + file);
        CheckResults results = new CheckResults(weir.web())) {
      apply(weir, items);
      weir.kill();
      weir.restart();
      long before = checks(results, MINE);
      await(results, MINE, before + 4);
      assertThat(listed(weir))
          .isEqualTo(
              Map.of(
                  "first", site.url("/") + " 1",
                  "second", site.url("/") + " 1",
                  "googlesearch", "http://127.0.0.1:9/search 120",
                  "cujosite", "http://127.0.0.1:9/ 60",
                  "quoted", "http://127.0.0.1:9/?a=b 3600"));
      // What was missed while it was down is not made up for.
      assertThat(checks(results, MINE + " AND schedule_lag > " + LAG_SECONDS_MAX)).isZero();
      // Each visit has its record, but for what ran at the kill and what runs now.
      int visits = site.visits().size();
      assertThat(visits - checks(results, MINE)).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void theLegacyLayoutHasTheOriginalsFourMeasures() throws IOException {
    write(checked("well", ""), checked("unmet", ", expect: {contains: goodbye}"));
    Files.writeString(
        file,
        "  - {id: gone, endpoint: '%s', interval: 1s, requests: 1, confirm: 1}\n"
            .formatted(site.url("/gone")),
        StandardOpenOption.APPEND);
    try (WeirProcess weir =
            WeirProcess.start(folder, "--sites.file=" + file, "--checks.record-layout=legacy");
        CheckResults results = new CheckResults(weir.web())) {
      String sql =
          """
          SELECT DISTINCT siteId, measure_name, measure_value::boolean, measure_value::bigint
          FROM %s ORDER BY 1, 2
          """
              .formatted(CheckResults.TABLE);
      Map<String, List<String>> expected =
          Map.of(
              "well", List.of("endpoint_up true null", "latency null null", "status_code null 200"),
              "unmet",
                  List.of(
                      "endpoint_up false null", "error_message null null", "status_code null 200"),
              "gone", List.of("endpoint_up false null", "error_message null null"));
      Patience.until(
          LIMIT,
          () -> results.rowsSoFar(sql).toString(),
          () -> {
            Map<String, List<String>> found = new TreeMap<>();
            for (List<String> row : results.rowsSoFar(sql)) {
              found
                  .computeIfAbsent(row.getFirst(), _ -> new ArrayList<>())
                  .add(row.get(1) + " " + row.get(2) + " " + row.get(3));
            }
            return found.equals(expected);
          });
    }
  }

  private String checked(String id, String more) {
    return "  - {id: %s, endpoint: '%s', interval: 1s, requests: 1, confirm: 1%s}\n"
        .formatted(id, site.url("/"), more);
  }

  /** At once, as editors do: a new file takes the name. */
  private void write(String... sites) throws IOException {
    Path next = Files.writeString(folder.resolve("next.yaml"), "sites:\n" + String.join("", sites));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void apply(WeirProcess weir, Path items) {
    try (RealProcess apply =
        WeirProcess.startUnready(
            folder.resolve("apply.log"),
            "sites",
            "apply",
            "-f",
            items.toString(),
            "--server=http://" + weir.web().address())) {
      assertThat(apply.waitForExit()).as(apply::lastOutput).isZero();
    }
  }

  private static void await(CheckResults results, String condition, long atLeast) {
    Patience.until(
        LIMIT,
        () -> checks(results, condition) + " records where " + condition + ", not " + atLeast,
        () -> checks(results, condition) >= atLeast);
  }

  private static long checks(CheckResults results, String condition) {
    return results.count(
        "SELECT count(*) FROM %s WHERE requests > 0 AND %s"
            .formatted(CheckResults.TABLE, condition));
  }

  /** Endpoint and interval in seconds, by id. */
  private static Map<String, String> listed(WeirProcess weir) {
    Map<String, String> listed = new TreeMap<>();
    JsonNode list = new JsonMapper().readTree(weir.web().get("/api/v1/sites").body());
    for (JsonNode item : list.get("items")) {
      listed.put(
          item.get("id").asString(),
          item.get("endpoint").asString() + " " + item.get("interval_s").asInt());
    }
    return listed;
  }
}
