// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.blackbox.BlackboxModules;
import dev.weir.monitor.blackbox.BlackboxProbe;
import dev.weir.monitor.blackbox.LatestResults;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.kit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeHandlerTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Peer PEER =
      new Peer(
          "192.0.2.1",
          null,
          "TLSv1.3",
          "TLS_AES_128_GCM_SHA256",
          new Peer.Chain(NOW, null, "abc", "CN=\"shop\"", "CN=ca", "shop.example", "0a"));
  private static final Run RUN =
      new Run(
          List.of(
              new Measurement(
                  20_000_000,
                  List.of(new Hop("x", new Phases(1, 2, 3, 4, 5, 6), PEER, 200, "HTTP/1.1")),
                  new Reply.Http(200, Map.of(), -1, new byte[2]),
                  null)),
          1,
          null,
          false);

  private final AtomicReference<Check> asked = new AtomicReference<>();
  private final ProbeHandler handler =
      new ProbeHandler(
          new BlackboxProbe(
              BlackboxModules.withoutFile(),
              new Prober() {
                @Override
                public Run run(Site site, NetworkPolicy policy) {
                  throw new AssertionError("a probe is no run of a site");
                }

                @Override
                public Run attempt(
                    Check check, Sampling sampling, Expectations expected, NetworkPolicy policy) {
                  asked.set(check);
                  return RUN;
                }
              },
              address -> true));

  @Test
  void answersWithGaugesOfTheTextFormat() throws IOException {
    Response response = handler.handle(request("GET", "target=https%3A%2F%2Fshop.example"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(text(response))
        .contains("# TYPE probe_success gauge\nprobe_success 1.0\n")
        .contains("probe_http_duration_seconds{phase=\"resolve\"} 1.0E-9\n")
        .contains("# TYPE probe_tls_version_info gauge\n")
        .contains("probe_tls_version_info{version=\"TLS 1.3\"} 1\n")
        .contains("subject=\"CN=\\\"shop\\\"\"")
        .contains("probe_ssl_last_chain_expiry_timestamp_seconds -6.21355968E10\n");
    assertThat(((Check.Http) asked.get()).uri()).hasToString("https://shop.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE"})
  void takesGetOnly(String method) {
    Response response = handler.handle(request(method, "target=x"));
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().first("Allow")).contains("GET");
    assertThat(asked.get()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|400|Target parameter is missing",
        "module=nope&target=x|400|Unknown module \"nope\"",
        "target=%zz|400|the query can't be decoded"
      })
  void whatIsRefusedIsSaid(String query, int status, String wanted) throws IOException {
    Response response = handler.handle(request("GET", query));
    assertThat(response.status()).isEqualTo(status);
    assertThat(text(response)).startsWith(wanted);
  }

  @Test
  void explainsItselfWhereItIsAskedTo() throws IOException {
    assertThat(text(handler.handle(request("GET", "target=x&debug=true"))))
        .containsSubsequence(
            "Logs for the probe:\n",
            "Probe succeeded\n",
            "Metrics that would have been returned:\n",
            "probe_success 1.0\n",
            "Module configuration:\n");
  }

  @Test
  void sitesShowTheirLastResultUntilItIsOld() throws IOException {
    ManualClock clock = new ManualClock(NOW);
    LatestResults results = new LatestResults(clock);
    SitesHandler sites = new SitesHandler(results);
    results.accept(new SlotResult(slot("one", "eu", NOW), NOW, RUN));
    results.accept(new SlotResult(slot("one", "us", NOW), NOW, RUN));
    results.accept(new SlotResult(slot("two", "eu", NOW), NOW, RUN));
    results.accept(new SlotResult(slot("two", "eu", NOW.minusSeconds(60)), NOW, RUN));
    results.accept(new SlotResult(slot("three", "eu", NOW), NOW, new Miss(Miss.Reason.OVERLAP, 1)));
    assertThat(text(sites.handle(request("GET", ""))))
        .contains("probe_success{customer=\"default\",region=\"eu\",site=\"one\"} 1.0\n")
        .contains("probe_success{customer=\"default\",region=\"us\",site=\"one\"} 1.0\n")
        .contains("probe_http_status_code{customer=\"default\",region=\"eu\",site=\"two\"} 200.0")
        .contains("phase=\"tls\"")
        .doesNotContain("three");
    results.accept(new SlotResult(slot("deleted", "eu", NOW), NOW, RUN));
    results.forget(new SiteKey("default", "deleted"));
    assertThat(text(sites.handle(request("GET", "")))).doesNotContain("deleted");
    clock.advance(Duration.ofMinutes(5));
    results.accept(new SlotResult(slot("two", "eu", clock.instant()), NOW, RUN));
    clock.advance(Duration.ofSeconds(1));
    assertThat(text(sites.handle(request("GET", ""))))
        .contains("site=\"two\"")
        .doesNotContain("site=\"one\"");
  }

  private static Slot slot(String site, String region, Instant start) {
    return new Slot(
        new Site(
            new SiteKey("default", site),
            "https://shop.example",
            Duration.ofSeconds(60),
            List.of("eu", "us"),
            true,
            http(),
            Sampling.ONE,
            Expectations.DEFAULT,
            Confirmation.ONCE,
            IncidentRules.DEFAULT),
        region,
        start);
  }

  private static Check http() {
    return new Check.Http(
        java.net.URI.create("https://shop.example"),
        "GET",
        Map.of(),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        dev.weir.monitor.check.TlsSettings.SYSTEM,
        Check.Redirects.TEN,
        Check.AddressFamily.PREFER_IPV4,
        Check.HttpVersion.AUTOMATIC,
        1000,
        Check.Timeouts.of(Duration.ofSeconds(1)));
  }

  private static Request request(String method, String query) {
    return new Request(
        method, "/probe", query, Headers.empty(), 0, new ByteArrayInputStream(new byte[0]));
  }

  private static String text(Response response) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    response.body().writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
