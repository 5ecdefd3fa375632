// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.LocalSites.Judgement;
import dev.weir.e2e.LocalSites.LocalSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Weir that checks real sites of every kind: each is judged as it is, in every record. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebsiteChecksIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Records of the slowest site: one might be right by accident. */
  private static final int RECORDS = 2;

  private static final String JUDGEMENTS =
      """
      SELECT siteId, endpoint_up, status_code, error_class, failed_expectation,
        latency IS NOT NULL, count(*)
      FROM %s WHERE measure_name = 'check' AND requests > 0
      GROUP BY 1, 2, 3, 4, 5, 6
      """;

  @TempDir static Path folder;
  private LocalSites sites;
  private WeirProcess weir;
  private CheckResults results;

  @BeforeAll
  void awaitResults() throws Exception {
    sites = LocalSites.open(folder);
    String blocked =
        "  - {id: blocked, customer: acme, endpoint: '%s', interval: 1s, requests: 1, confirm: 1}\n"
            .formatted(sites.url("up"));
    Path file = Files.writeString(folder.resolve("sites.yaml"), sites.yaml() + blocked);
    weir = WeirProcess.start(folder, "--sites.file=" + file);
    results = new CheckResults(weir.web());
    Patience.until(
        LIMIT,
        () -> "not all sites have records: " + judgements(),
        () -> {
          List<List<String>> rows = judgements();
          return rows.stream().map(List::getFirst).distinct().count() == sites.all().size()
              && rows.stream().allMatch(row -> Integer.parseInt(row.getLast()) >= RECORDS);
        });
  }

  @AfterAll
  void close() throws Exception {
    results.close();
    weir.close();
    sites.close();
  }

  @Test
  void everySiteIsJudgedAsItIsInEveryRecord() {
    assertThat(judgements().stream().map(row -> row.getFirst() + " " + judgement(row)))
        .containsExactlyInAnyOrderElementsOf(
            sites.all().stream().map(site -> site.id() + " " + site.expected()).toList());
  }

  @Test
  void aCustomersChecksReachPublicAddressesAloneAndItsResultsAreItsOwn() {
    // A table has the measures that were written to it: here neither a status nor a latency.
    String sql =
        """
        SELECT DISTINCT siteId, endpoint_up, error_class
        FROM "CPTMonitoring-acme"."WebsiteMonitoringData"
        WHERE measure_name = 'check' AND requests > 0
        """;
    Patience.until(LIMIT, weir.process()::lastOutput, () -> !results.rowsSoFar(sql).isEmpty());
    assertThat(results.rows(sql)).containsExactly(List.of("blocked", "false", "blocked_address"));
  }

  @Test
  void theListOfSitesAndTheirMetricsSayTheSame() {
    Map<String, String> states = new TreeMap<>();
    JsonNode list = new JsonMapper().readTree(weir.web().get("/api/v1/sites?limit=1000").body());
    for (JsonNode item : list.get("items")) {
      states.put(item.get("id").asString(), item.get("state").asString());
    }
    String metrics = weir.web().get("/metrics/sites").body();
    Map<String, String> expectedStates = new TreeMap<>(Map.of("blocked", "down"));
    for (LocalSite site : sites.all()) {
      Judgement expected = site.expected();
      expectedStates.put(site.id(), expected.up() ? "up" : "down");
      assertThat(metric(metrics, "probe_success", site.id()))
          .as(site.id())
          .isEqualTo(expected.up() ? 1 : 0);
      if (site.endpoint().startsWith("http")) {
        assertThat(metric(metrics, "probe_http_status_code", site.id()))
            .as(site.id())
            .isEqualTo(expected.status() == null ? 0 : Integer.parseInt(expected.status()));
      }
    }
    assertThat(states).isEqualTo(expectedStates);
  }

  /** The value of a site's series in Prometheus' text, whatever the order of its labels. */
  private static double metric(String text, String name, String site) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("site=\"" + site + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " of " + site + " is not in\n" + text));
  }

  private static Judgement judgement(List<String> row) {
    return new Judgement(
        Boolean.parseBoolean(row.get(1)),
        row.get(2),
        row.get(3),
        row.get(4),
        Boolean.parseBoolean(row.get(5)));
  }

  private List<List<String>> judgements() {
    return results.rowsSoFar(JUDGEMENTS.formatted(CheckResults.TABLE));
  }
}
