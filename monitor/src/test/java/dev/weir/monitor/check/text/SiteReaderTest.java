// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.LatencyRule;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.MaintenanceWindow;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.TlsSettings;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the fields of a site mean, by the example that the documentation shows. */
class SiteReaderTest {

  private final List<Site> sites = Readings.sites(SitesPageTest.read("docs/examples/sites.yaml"));

  private Site site(String id) {
    return sites.stream().filter(each -> each.key().id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void takesDefaultsForWhatIsNotSaid() {
    assertThat(site("example"))
        .isEqualTo(
            new Site(
                new SiteKey("default", "example"),
                "https://example.com/",
                Duration.ofMinutes(1),
                List.of("here"),
                true,
                new Check.Http(
                    URI.create("https://example.com/"),
                    "GET",
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    TlsSettings.SYSTEM,
                    Check.Redirects.TEN,
                    Check.AddressFamily.PREFER_IPV4,
                    Check.HttpVersion.AUTOMATIC,
                    1 << 20,
                    Check.Timeouts.of(Duration.ofSeconds(30))),
                Sampling.FIVE,
                Expectations.DEFAULT,
                Confirmation.TWICE,
                IncidentRules.DEFAULT));
  }

  @Test
  void readsEveryFieldOfAWebSite() {
    Site shop = site("shop");
    assertThat(shop.name()).isEqualTo("Shop, orders");
    assertThat(shop.group()).isEqualTo("Shop");
    assertThat(shop.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(shop.regions()).containsExactly("eu-west-1", "us-east-1");
    assertThat(shop.sampling()).isEqualTo(Sampling.ONE);
    assertThat(shop.confirmation()).isEqualTo(new Confirmation(3, Duration.ofSeconds(2)));
    assertThat(shop.check())
        .isEqualTo(
            new Check.Http(
                URI.create("https://shop.example.com/api/orders?page=1"),
                "POST",
                Map.of(
                    "Content-Type",
                    new Secret("application/json"),
                    "X-Api-Key",
                    new Secret("${env:SHOP_KEY}")),
                Optional.of(new Secret("{\"query\": \"all\"}")),
                Optional.of(
                    new Credentials.Basic(new Secret("weir"), new Secret("${file:shop-password}"))),
                new TlsSettings(
                    Optional.of("shop.example.com"),
                    Optional.of(new Secret("${file:authorities.pem}")),
                    Optional.of(new Secret("${file:client.pem}")),
                    Optional.of(new Secret("${file:client.key}")),
                    TlsSettings.Version.TLS_1_3,
                    true),
                new Check.Redirects(0),
                Check.AddressFamily.PREFER_IPV6,
                Check.HttpVersion.HTTP_2,
                256 << 10,
                new Check.Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(8))));
    assertThat(shop.expectations())
        .isEqualTo(
            new Expectations(
                List.of(
                    new Expectations.StatusRange(200, 200),
                    new Expectations.StatusRange(204, 204),
                    new Expectations.StatusRange(300, 399)),
                List.of(
                    new Expectations.HeaderRule("Content-Type", "^application/json", true),
                    new Expectations.HeaderRule("Server", "[0-9]", false)),
                List.of(
                    new BodyRule.Contains("orders", true),
                    new BodyRule.Contains("error", false),
                    new BodyRule.Contains("exception", false),
                    new BodyRule.Matches("\"page\":\\s*1", true),
                    new BodyRule.Matches("(?i)out of service", false),
                    new BodyRule.Json("$.status", Optional.of("ok"))),
                Optional.of(new LatencyRule(Duration.ofSeconds(2), LatencyRule.Statistic.P95)),
                Optional.of(14),
                List.of("NOERROR"),
                List.of()));
    assertThat(shop.incidents())
        .isEqualTo(
            new IncidentRules(
                2,
                2,
                Duration.ofHours(4),
                List.of(
                    new MaintenanceWindow.Once(
                        Instant.parse("2026-12-24T18:00:00Z"),
                        Instant.parse("2026-12-27T06:00:00Z")),
                    new MaintenanceWindow.Weekly(
                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                        LocalTime.of(22, 0),
                        Duration.ofHours(2),
                        ZoneId.of("Europe/Berlin")))));
  }

  @Test
  void readsAConversation() {
    Check.Tcp tcp = (Check.Tcp) site("mail").check();
    assertThat(tcp.host()).isEqualTo("mail.example.com");
    assertThat(tcp.port()).isEqualTo(25);
    assertThat(tcp.tls()).contains(TlsSettings.SYSTEM);
    assertThat(tcp.steps())
        .containsExactly(
            new Check.Tcp.Step.Expect("^220"),
            new Check.Tcp.Step.Send(new Secret("EHLO weir\r\n")),
            new Check.Tcp.Step.Expect("^250 "),
            new Check.Tcp.Step.Send(new Secret("STARTTLS\r\n")),
            new Check.Tcp.Step.Expect("^220"),
            new Check.Tcp.Step.StartTls());
    assertThat(site("mail").expectations().certificateDays()).contains(21);
  }

  @Test
  void readsAHandshakeAndAQuestion() {
    Check.Tls tls = (Check.Tls) site("directory").check();
    assertThat(tls.host() + " " + tls.port()).isEqualTo("ldap.example.com 636");
    assertThat(site("mail-exchanger").check())
        .isEqualTo(
            new Check.Dns(
                "example.com",
                "MX",
                Optional.of("9.9.9.9:53"),
                false,
                Check.AddressFamily.PREFER_IPV4,
                Check.Timeouts.of(Duration.ofSeconds(30))));
    assertThat(site("mail-exchanger").expectations().answers())
        .containsExactly(new Expectations.AnswerRule("mail\\.example\\.com", true));
    assertThat(site("mail-exchanger").expectations().latency())
        .contains(new LatencyRule(Duration.ofMillis(500), LatencyRule.Statistic.AVERAGE));
  }

  @Test
  void keepsWhatTheOriginalMeant() {
    Site original = site("googlesearch");
    assertThat(original.interval()).isEqualTo(Duration.ofMinutes(2));
    assertThat(original.sampling().requests()).isEqualTo(5);
    assertThat(((Check.Http) original.check()).redirects().limit()).isEqualTo(10);
    assertThat(original.expectations().body())
        .containsExactly(new BodyRule.Contains("google", true));
    assertThat(original.expectations().latency())
        .contains(new LatencyRule(Duration.ofSeconds(2), LatencyRule.Statistic.AVERAGE));
  }

  @Test
  void readsListsSingleSitesAndYamlInBrackets() {
    assertThat(Readings.sites("- {id: a, endpoint: 'http://a.b'}")).hasSize(1);
    assertThat(Readings.sites("id: a\nendpoint: http://a.b")).hasSize(1);
    assertThat(Readings.sites("[{id: a, endpoint: 'http://a.b'},]")).hasSize(1);
    assertThat(Readings.sites("sites: []")).isEmpty();
  }

  @Test
  void readsStrictJsonWithItsEscapesTabsAndLargeNumbers() {
    String json =
        """
        {\t"sites":[
        \t{"id":"a","endpoint":"https:\\/\\/example.com\\/","http":{"method":"POST",
        \t "body":"\\"\\u00e9\\uD83D\\uDE00\\n\\\\"},
        \t "expect":{"json":[{"path":"$.n","value":123456789012345678901234567890.5}]}}]}
        """;
    Site site = Readings.sites(json).getFirst();
    assertThat(site.endpoint()).isEqualTo("https://example.com/");
    assertThat(((Check.Http) site.check()).body()).contains(new Secret("\"é😀\n\\"));
    assertThat(site.expectations().body())
        .containsExactly(new BodyRule.Json("$.n", Optional.of("123456789012345678901234567890.5")));
  }

  @Test
  void namesTheCustomerThatTheReaderIsFor() {
    SiteReader reader = new SiteReader("here", "acme");
    String text =
        "- {id: a, endpoint: 'http://a.b'}\n- {id: a, customer: b, endpoint: 'tls://a.b'}";
    assertThat(reader.read("f", text))
        .isInstanceOfSatisfying(
            SiteReader.Reading.Sites.class,
            read ->
                assertThat(read.sites().stream().map(site -> site.key().toString()))
                    .containsExactly("acme/a", "b/a"));
  }

  @Test
  void understandsEndpoints() {
    assertThat(uri("HTTPS://Example.com:8443/a?b=%20#c"))
        .isEqualTo("https://example.com:8443/a?b=%20");
    assertThat(uri("https://bücher.de/ä")).isEqualTo("https://xn--bcher-kva.de/%C3%A4");
    assertThat(uri("http://[2001:db8::1]:80/")).isEqualTo("http://[2001:db8::1]:80/");
    assertThat(Endpoint.parse("tcp://[::1]:25")).isEqualTo(new Endpoint.Conversation("::1", 25));
    assertThat(Endpoint.parse("tls://example.com"))
        .isEqualTo(new Endpoint.Handshake("example.com", 443));
    assertThat(Endpoint.parse("dns://_dmarc.example.com."))
        .isEqualTo(new Endpoint.Question("_dmarc.example.com."));
  }

  private static String uri(String text) {
    return ((Endpoint.Web) Endpoint.parse(text)).uri().toString();
  }

  @Test
  void aTimeoutMayBeLongerThanTheInterval() {
    assertThat(
            Readings.sites("{id: a, endpoint: 'http://a.b', interval: 1s, timeout: 5m}")
                .getFirst()
                .check()
                .timeouts()
                .total())
        .isEqualTo(Duration.ofMinutes(5));
  }
}
