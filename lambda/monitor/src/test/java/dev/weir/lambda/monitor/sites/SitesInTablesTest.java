// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.document.TestTables;
import dev.weir.lambda.monitor.sites.GatewayCall.Answer;
import dev.weir.store.kit.ManualClock;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The API over the tables: what it writes is an item, what others write it shows. */
class SitesInTablesTest {

  @Test
  void appliesMoreSitesThanOneTransactionTakesAndShowsThoseOfOthers() throws Exception {
    try (TestTables tables = TestTables.start()) {
      TestTables.Tables two = tables.make();
      SitesFunction function =
          new SitesFunction(
              two.kept(),
              TestTables.REGION,
              new ManualClock(Instant.parse("2026-11-22T10:00:00Z")));
      tables
          .local()
          .call(
              "PutItem",
              """
              {"TableName":"%s","Item":{"SiteId":{"S":"googlesearch"},
               "endpoint":{"S":"https://www.google.com"},"rate":{"N":"2"},
               "latencyConstraint":{"N":"2"},"testString":{"S":"google"}}}\
              """
                  .formatted(two.sites()));
      String sites =
          IntStream.range(0, 230)
              .mapToObj("{id: s%d, endpoint: 'https://a.example/', interval: 10s}"::formatted)
              .collect(Collectors.joining(", ", "sites: [", "]"));

      assertThat(answer(function, GatewayCall.put("dryRun", sites)).body())
          .contains("\"applied\":false");
      assertThat(answer(function, GatewayCall.put("", sites)).status()).isEqualTo(200);
      assertThat(answer(function, GatewayCall.put("", sites)).body()).contains("\"unchanged\":230");
      assertThat(tables.local().call("Scan", count(two.sites()))).contains("\"Count\":231");
      assertThat(
              answer(function, GatewayCall.of("GET", "/api/v1/sites/default/googlesearch", ""))
                  .body())
          .contains("\"interval\":\"2m\"");
      assertThat(
              answer(function, GatewayCall.of("DELETE", "/api/v1/sites/default/googlesearch", ""))
                  .status())
          .isEqualTo(204);
      assertThat(tables.local().call("Scan", count(two.sites()))).contains("\"Count\":230");
    }
  }

  private static String count(String table) {
    return "{\"TableName\":\"%s\",\"Select\":\"COUNT\"}".formatted(table);
  }

  private static Answer answer(SitesFunction function, GatewayCall call) {
    return Answer.of(function.answer(call.event()));
  }
}
