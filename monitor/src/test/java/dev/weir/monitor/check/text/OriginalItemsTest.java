// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.LatencyRule;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items of the original's table, and the faults that it had with them, by their numbers. */
class OriginalItemsTest {

  private static final String ITEM =
      """
      {"SiteId": {"S": "cujosite"}, "endpoint": {"S": "https://www.cujo.com"},
       "rate": {"N": "1"}, "latencyConstraint": {"N": "5"}, "testString": {"S": "cujo"}}
      """;

  @Test
  void readsItemsAsBatchWriteItemTakesThem() {
    String entries =
        """
        {
          "WSMonitoringConfig": [
            {"PutRequest": {"Item": {
              "SiteId": {"S": "googlesearch"},
              "endpoint": {"S": "https://www.google.com"},
              "rate": {"N": "2"},
              "latencyConstraint": {"N": "2"},
              "testString": {"S": "google"}}}},
            {"PutRequest": {"Item": %s}}
          ]
        }
        """
            .formatted(ITEM);
    for (String text : List.of(entries, "{\"RequestItems\": " + entries + "}")) {
      List<Site> sites = Readings.sites(text);
      assertThat(sites.stream().map(site -> site.key().id()))
          .containsExactly("googlesearch", "cujosite");
      assertThat(sites.getFirst())
          .isEqualTo(
              Readings.sites(
                      """
                      - id: googlesearch
                        endpoint: https://www.google.com
                        interval: 2m
                        regions: [here]
                        requests: 5
                        http: {redirects: 10}
                        expect: {contains: google, latency: {max: 2s, of: average}}
                      """)
                  .getFirst());
    }
  }

  @Test
  void readsPlainItemsTypedItemsAndWhatAScanPrints() {
    Site site = Readings.sites(ITEM).getFirst();
    String plain =
        """
        {"SiteId": "cujosite", "endpoint": "https://www.cujo.com", "rate": 1,
         "latencyConstraint": 5, "testString": "cujo"}
        """;
    assertThat(Readings.sites(plain)).containsExactly(site);
    assertThat(Readings.sites("[" + ITEM + "]")).containsExactly(site);
    assertThat(
            Readings.sites(
                "{\"Items\": [%s], \"Count\": 1, \"ScannedCount\": 1, \"ConsumedCapacity\": null}"
                    .formatted(ITEM)))
        .containsExactly(site);
  }

  @Test
  void readsWhatWeirItselfWritesIntoTheTable() {
    String noted =
        ITEM.replace("cujosite", "acme/cujosite")
            .replace("}}", "}, \"version\": {\"N\": \"7\"}, \"digest\": {\"S\": \"0a\"}}");
    Site site = Readings.sites(noted).getFirst();
    assertThat(site.key()).isEqualTo(new SiteKey("acme", "cujosite"));
    assertThat(site.expectations()).isEqualTo(Readings.sites(ITEM).getFirst().expectations());

    String customer = noted.replace("\"rate\"", "\"customer\": {\"S\": \"acme\"}, \"rate\"");
    assertThat(Readings.sites(customer)).containsExactly(site);
    assertThat(Readings.problems(customer.replace("\"S\": \"acme\"", "\"S\": \"other\"")))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("customer: is another than that"));
    assertThat(Readings.problems(ITEM.replace("cujosite", "/cujosite"))).isNotEmpty();
    assertThat(Readings.problems(ITEM.replace("cujosite", "a/b/c"))).isNotEmpty();
  }

  @Test
  void typedItemsMayHaveOurFieldsToo() {
    Site site =
        Readings.sites(
                """
                {"SiteId": {"S": "a"}, "endpoint": {"S": "https://a.b"}, "interval": {"S": "10s"},
                 "enabled": {"BOOL": false}, "regions": {"SS": ["x", "y"]}, "ip": {"NULL": true},
                 "expect": {"M": {"status": {"L": [{"N": "200"}, {"S": "300-399"}]}}}}
                """)
            .getFirst();
    assertThat(site.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(site.enabled()).isFalse();
    assertThat(site.regions()).containsExactly("x", "y");
    assertThat(site.expectations().statuses()).hasSize(2);
  }

  /** B1: a rate of 1 was compared as a number with a text, and such a site never ran. */
  @Test
  void b1ASiteWithARateOfOneMinuteRunsEveryMinute() {
    assertThat(Readings.sites(ITEM).getFirst().interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(Readings.sites(ITEM.replace("\"1\"", "1")).getFirst().interval())
        .isEqualTo(Duration.ofMinutes(1));
  }

  /** B2: the input of a run was glued together, so that quotes and backslashes broke it. */
  @Test
  void b2QuotesAndBackslashesAreCharactersLikeAnyOther() {
    Site site =
        Readings.sites(
                """
                {"SiteId": {"S": "a"}, "endpoint": {"S": "https://a.b/?q=%22\\u0027"},
                 "rate": {"N": "1"}, "latencyConstraint": {"N": "5"},
                 "testString": {"S": "say \\"hi\\", \\\\ 'x' \\n\\",\\"siteId\\":\\"other"}}
                """)
            .getFirst();
    String text = "say \"hi\", \\ 'x' \n\",\"siteId\":\"other";
    assertThat(site.expectations().body()).containsExactly(new BodyRule.Contains(text, true));
    assertThat(((Check.Http) site.check()).uri().getRawQuery()).isEqualTo("q=%22'");
    assertThat(Readings.sites(SiteWriter.write(site))).containsExactly(site);
  }

  /** B4: what an item lacked, or had wrong, was found at run time and swallowed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "SiteId": {"S": "cujosite"},        | | test:1: #1: id: is missing: the name of the site
          "endpoint": {"S": "https://www.cujo.com"}, | | test:1: cujosite: endpoint: is missing: such as https://example.com/
          "rate": {"N": "1"},                 | | test:1: cujosite: rate: is missing: whole minutes from run to run
          "latencyConstraint": {"N": "5"},    | | test:1: cujosite: latencyConstraint: is missing: seconds that the site may take on average
          , "testString": {"S": "cujo"}       | | test:1: cujosite: testString: is missing: a text that its body contains
          "rate": {"N": "1"}   | "rate": {"N": "0"}     | test:2: cujosite: rate: 1 to 1440, not 0
          "rate": {"N": "1"}   | "rate": {"N": "-1"}    | test:2: cujosite: rate: is whole minutes, 1 to 1440, not '-1'; below a minute write interval: 30s
          "rate": {"N": "1"}   | "rate": {"N": "0.5"}   | test:2: cujosite: rate: is whole minutes, 1 to 1440, not '0.5'; below a minute write interval: 30s
          "rate": {"N": "1"}   | "rate": {"N": "1441"}  | test:2: cujosite: rate: 1 to 1440, not 1441
          "rate": {"N": "1"}   | "rate": {"S": "often"} | test:2: cujosite: rate: is whole minutes, 1 to 1440, not 'often'; below a minute write interval: 30s
          "rate": {"N": "1"}   | "rate": {"N": {}}      | test:2: cujosite: rate: N holds a number in quotes
          "rate": {"N": "1"}   | "rate": {"X": "1"}     | test:2: cujosite: rate: is of the type X, which no field of a site has
          "rate": {"N": "1"}   | "rate": 1              | test:2: cujosite: rate: is an attribute with its type, such as {"S": "text"}
          {"N": "5"}           | {"N": "0"}             | test:2: cujosite: latencyConstraint: is more than 0 and at most 3600 seconds
          {"N": "5"}           | {"S": "fast"}          | test:2: cujosite: latencyConstraint: a number of seconds such as 2 or 0.5, not 'fast'
          {"S": "cujo"}        | {"S": ""}              | test:2: cujosite: testString: is empty; leave it out
          {"S": "cujo"}        | {"S": 5}               | test:2: cujosite: testString: S holds a text in quotes
          "S": "cujosite"      | "S": "an id that is longer than sixty-three of the characters it has" | `test:1: #1: SiteId: a site id is 1 to 63 of letters, digits, '.', '_', '-', beginning with a letter or digit, not 'an id that is longer than sixty-three of the characters it has'`
          https://www.cujo.com | www.cujo.com           | test:1: cujosite: endpoint: is http://…, https://…, tcp://host:port, tls://host:port or dns://name
          """)
  void b4AnItemThatLacksSomethingIsRefusedWithItsReason(
      String there, String instead, String problem) {
    assertThat(ITEM).contains(there);
    String text = ITEM.replace(there, instead == null ? "" : instead);
    assertThat(Readings.problems(text)).containsExactly(problem);
  }

  @Test
  void aConstraintMayBeAFractionOfASecond() {
    assertThat(
            Readings.sites(ITEM.replace("\"5\"", "\"0.25\"")).getFirst().expectations().latency())
        .contains(new LatencyRule(Duration.ofMillis(250), LatencyRule.Statistic.AVERAGE));
  }

  @Test
  void refusesRequestsThatDefineNothing() {
    assertThat(
            Readings.problems(
                """
                {"WSMonitoringConfig": [
                  {"PutRequest": {"Item": %s}},
                  {"DeleteRequest": {"Key": {"SiteId": {"S": "a"}}}}]}
                """
                    .formatted(ITEM)))
        .containsExactly(
            "test:5: WSMonitoringConfig[1]: is no {\"PutRequest\": {\"Item\": …}}, which is all"
                + " that defines sites");
  }

  @Test
  void refusesTheSameThingInBothSpellings() {
    assertThat(
            Readings.problems(
                """
                SiteId: a
                id: a
                endpoint: https://a.b
                rate: 1
                interval: 1m
                latencyConstraint: 1
                expect: {latency: 1s}
                """))
        .containsExactly(
            "test:2: #1: id: stands beside SiteId: one of the two",
            "test:4: a: rate: stands beside interval: one of the two",
            "test:7: a: expect.latency: stands beside latencyConstraint: one of the two");
  }
}
