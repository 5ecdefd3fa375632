// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Site;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SiteWriterTest {

  @Test
  void whatIsWrittenReadsAsTheSameSite() {
    for (long seed = 0; seed < 1_000; seed++) {
      Site site = new RandomSite(new Random(seed)).site();
      String text = SiteWriter.write(site);
      List<Site> read = Readings.sites(text);
      assertThat(read).as("seed %d: %s", seed, text).containsExactly(site);
      assertThat(SiteWriter.write(read.getFirst())).as("seed %d", seed).isEqualTo(text);
      assertThat(text).as("seed %d", seed).doesNotContain("\n");
    }
  }

  @Test
  void aFileOfAllReadsAsAll() {
    List<Site> sites =
        IntStream.range(0, 50)
            .mapToObj(seed -> new RandomSite(new Random(seed)).site("site-" + seed))
            .toList();
    assertThat(Readings.sites(Readings.file(sites))).isEqualTo(sites);
    assertThat(Readings.sites(Readings.file(List.of()))).isEmpty();
  }

  @Test
  void writesWhatASiteIsAndLeavesDefaultsOut() {
    Site site = Readings.sites("{id: a, endpoint: 'https://a.b/'}").getFirst();
    assertThat(SiteWriter.write(site))
        .isEqualTo(
            """
            {"id":"a","customer":"default","endpoint":"https://a.b/","interval":"1m",\
            "regions":["here"],"enabled":true,"requests":5,"connections":"cold","timeout":"30s",\
            "confirm":2,"http":{"method":"GET"},"incident":{"failures":1,"successes":1}}\
            """);
  }

  @Test
  void leavesANameOutThatIsTheId() {
    Site site =
        Readings.sites("{id: a, name: a, group: Shops, endpoint: 'https://a.b/'}").getFirst();
    assertThat(site.name()).isEqualTo("a");
    assertThat(site.group()).isEqualTo("Shops");
    assertThat(SiteWriter.write(site)).contains("\"group\":\"Shops\"").doesNotContain("\"name\"");
    assertThat(
            SiteDifference.between(
                SiteWriter.write(site),
                SiteWriter.write(
                    Readings.sites("{id: a, name: The Shop, endpoint: 'https://a.b/'}")
                        .getFirst())))
        .containsExactly(
            new SiteDifference("group", Optional.of("Shops"), Optional.empty()),
            new SiteDifference("name", Optional.empty(), Optional.of("The Shop")));
  }

  @Test
  void writesSecretsAsTheReferencesThatTheyAre() {
    Site site =
        Readings.sites(
                """
                id: a
                endpoint: https://a.b/
                http: {basic: {user: me, password: "${env:PASSWORD}"}}
                """)
            .getFirst();
    assertThat(SiteWriter.write(site))
        .contains("\"basic\":{\"user\":\"me\",\"password\":\"${env:PASSWORD}\"}");
  }

  @Test
  void differencesNameTheirFields() {
    String before =
        SiteWriter.write(
            Readings.sites("{id: a, endpoint: 'https://a.b/', expect: {status: [200, 201]}}")
                .getFirst());
    String after =
        SiteWriter.write(
            Readings.sites(
                    """
                    id: a
                    endpoint: https://a.b/
                    interval: 10s
                    http: {bearer: "${env:TOKEN}"}
                    expect: {status: 200}
                    """)
                .getFirst());
    assertThat(SiteDifference.between(before, after))
        .containsExactly(
            new SiteDifference("interval", Optional.of("1m"), Optional.of("10s")),
            new SiteDifference("expect.status[1]", Optional.of("201"), Optional.empty()),
            new SiteDifference("http.bearer", Optional.empty(), Optional.of("${env:TOKEN}")));
    assertThat(SiteDifference.between(before, before)).isEmpty();
    assertThat(SiteDifference.between("{broken", after)).isNotEmpty();
  }
}
