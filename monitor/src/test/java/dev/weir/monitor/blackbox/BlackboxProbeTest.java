// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlackboxProbeTest {

  private static final String MODULES =
      """
      modules:
        http_2xx: {prober: http}
        short: {prober: http, timeout: 2s}
        tls: {prober: http, http: {fail_if_ssl: true}}
        plain: {prober: http, http: {fail_if_not_ssl: true, valid_http_versions: [HTTP/2]}}
        hosted: {prober: http, http: {headers: {host: a.example}}}
        tcp: {prober: tcp, tcp: {query_response: [{expect: "v(.)", labels: [{name: v, value: "is ${1}"}]}]}}
        dns: {prober: dns, dns: {query_name: shop.example, query_type: SOA}}
        every: {prober: dns, dns: {query_name: x, validate_answer_rrs: {fail_if_not_matches_regexp: [a, b]}}}
        icmp: {prober: icmp}
      """;
  private static final Peer PEER =
      new Peer(
          "127.0.0.1",
          null,
          "TLSv1.3",
          "TLS_AES_128_GCM_SHA256",
          new Peer.Chain(
              Instant.ofEpochSecond(2_000_000_000L),
              Instant.ofEpochSecond(2_100_000_000L),
              "abc",
              "CN=shop",
              "CN=ca",
              "shop.example",
              "0a"));
  private static final Phases PHASES = new Phases(1_000_000, 2_000_000, 3_000_000, 4, 5, 6);

  private final Recording prober = new Recording();
  private final BlackboxProbe probe =
      new BlackboxProbe(
          BlackboxModules.read("m.yml", MODULES, Path.of("/")), prober, address -> true);

  /** Answers as it is told to, and keeps what it was asked for. */
  private static final class Recording implements Prober {
    private final List<Check> checks = new ArrayList<>();
    private Run answer = outcome(http(200), null);
    private @Nullable CountDownLatch holding;
    private final BlockingQueue<Thread> measuring = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(BlackboxProbe.PROBES_MAX);

    @Override
    public Run run(Site site, NetworkPolicy policy) {
      throw new AssertionError("a probe is no run of a site");
    }

    @Override
    public Run attempt(
        Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
      assertThat(sampling).isEqualTo(Sampling.ONE);
      synchronized (checks) {
        checks.add(check);
      }
      begun.countDown();
      measuring.add(Thread.currentThread());
      try {
        if (holding != null) {
          holding.await();
        }
      } catch (InterruptedException e) {
        ended.countDown();
        Thread.currentThread().interrupt();
      }
      return answer;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "module=nope&target=x|400|Unknown module \"nope\"",
        "module=icmp&target=x|400|Module \"icmp\" is not available: prober 'icmp' can't be done by"
            + " Weir",
        "module=http_2xx|400|Target parameter is missing",
        "|400|Target parameter is missing",
        "target=x&timeout=abc|500|Failed to parse timeout from Prometheus header",
        "target=x&timeout=NaN|500|Failed to parse timeout from Prometheus header",
        "target=x&module=hosted&hostname=b.example|400|host header defined both in module"
            + " configuration (a.example)"
      })
  void whatCanNotBeProbedIsRefused(String query, int status, String text) {
    ProbeAnswer answer = ask(query);
    assertThat(answer).isInstanceOf(ProbeAnswer.Refused.class);
    assertThat(((ProbeAnswer.Refused) answer).status()).isEqualTo(status);
    assertThat(((ProbeAnswer.Refused) answer).text()).startsWith(text);
    assertThat(prober.checks).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http_2xx,,119.5",
    "http_2xx,10,9.5",
    "http_2xx,0,119.5",
    "short,,2",
    "short,1.5,1",
    "short,10,2",
    "short,0.2,2",
    "http_2xx,0.2,0.001",
    "http_2xx,100000,300"
  })
  void theShorterTimeoutCountsAndAlwaysOurLimit(
      String module, @Nullable String scrape, double seconds) {
    ask("target=x&module=" + module + (scrape == null ? "" : "&timeout=" + scrape));
    assertThat(prober.checks.getFirst().timeouts().total())
        .isEqualTo(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example,http://shop.example",
    "https://shop.example/a?b=c,https://shop.example/a?b=c",
    "http%3A%2F%2Fshop.example%2Fa,http://shop.example/a",
    "shop.example/a%2Fb,http://shop.example/a%2Fb",
    "[::1]:80,http://[::1]:80"
  })
  void aTargetWithoutASchemeIsHttp(String target, String uri) {
    probe.probe(Map.of("target", target), Optional.empty());
    assertThat(((Check.Http) prober.checks.getFirst()).uri()).hasToString(uri);
  }

  @Test
  void theHostNameStandsInHostAndInTls() {
    ask("target=https://192.0.2.1&hostname=shop.example");
    Check.Http http = (Check.Http) prober.checks.getFirst();
    assertThat(http.headers()).containsEntry("Host", new Secret("shop.example"));
    assertThat(http.tls().serverName()).contains("shop.example");
    ask("target=https://192.0.2.1&module=hosted&hostname=a.example");
    assertThat(((Check.Http) prober.checks.get(1)).headers()).hasSize(1);
    assertThat(((Check.Http) prober.checks.get(1)).tls().serverName()).contains("a.example");
  }

  @Test
  void aRequestGivesTheMetricsOfARequest() {
    Map<String, Double> metrics = metrics("target=https://x");
    assertThat(metrics)
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_ip_protocol", 4.0)
        .containsEntry("probe_ip_addr_hash", 3668918509.0)
        .containsEntry("probe_dns_lookup_time_seconds", 0.001)
        .containsEntry("probe_http_status_code", 200.0)
        .containsEntry("probe_http_version", 1.1)
        .containsEntry("probe_http_ssl", 1.0)
        .containsEntry("probe_http_redirects", 0.0)
        .containsEntry("probe_http_content_length", 5.0)
        .containsEntry("probe_http_uncompressed_body_length", 4.0)
        .containsEntry("probe_http_last_modified_timestamp_seconds", 784111777.0)
        .containsEntry("probe_failed_due_to_regex", 0.0)
        .containsEntry("probe_http_duration_seconds{phase=tls}", 0.003)
        .containsEntry("probe_http_duration_seconds{phase=processing}", 0.000000009)
        .containsEntry("probe_http_duration_seconds{phase=transfer}", 0.000000006)
        .containsEntry("probe_ssl_earliest_cert_expiry", 2e9)
        .containsEntry("probe_ssl_last_chain_expiry_timestamp_seconds", 2.1e9)
        .containsEntry("probe_tls_version_info{version=TLS 1.3}", 1.0)
        .containsEntry("probe_tls_cipher_info{cipher=TLS_AES_128_GCM_SHA256}", 1.0)
        .containsEntry(
            "probe_ssl_last_chain_info{fingerprint_sha256=abc, issuer=CN=ca, serialnumber=0a,"
                + " subject=CN=shop, subjectalternative=shop.example}",
            1.0)
        .containsEntry("probe_timeout_seconds", 119.5)
        .containsEntry("probe_duration_seconds", 0.02);
  }

  @Test
  void aRequestWithoutAnAddressHasItsLookupAlone() {
    Hop none = new Hop("x", new Phases(7_000_000, -1, -1, -1, -1, -1), null, null, null);
    prober.answer =
        new Run(
            List.of(new Measurement(9, List.of(none), null, new Failure(ErrorClass.DNS, "no"))),
            1,
            new Failure(ErrorClass.DNS, "no"),
            false);
    Map<String, Double> metrics = metrics("target=x");
    assertThat(metrics)
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_ip_protocol", 0.0)
        .containsEntry("probe_http_status_code", 0.0)
        .containsEntry("probe_http_version", 0.0)
        .containsEntry("probe_http_duration_seconds{phase=resolve}", 0.007)
        .doesNotContainKey("probe_http_duration_seconds{phase=connect}");
  }

  @Test
  void aTargetThatIsNoneFailsWithoutAConnection() {
    for (String target : List.of("http://%20bad|", "x y")) {
      ProbeAnswer.Probed probed =
          (ProbeAnswer.Probed) probe.probe(Map.of("target", target), Optional.empty());
      assertThat(flat(probed.metrics()))
          .containsEntry("probe_success", 0.0)
          .doesNotContainKeys("probe_ip_protocol", "probe_http_duration_seconds{phase=resolve}");
    }
    for (String target : List.of("127.0.0.1", "127.0.0.1:0", "::1:80", "x:99999")) {
      assertThat(metrics("module=tcp&target=" + target)).containsEntry("probe_success", 0.0);
    }
    assertThat(prober.checks).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "plain"})
  void whatOnlyThisFormAsksForIsJudgedToo(String module) {
    assertThat(metrics("target=https://x&module=" + module)).containsEntry("probe_success", 0.0);
  }

  @Test
  void aMismatchIsToldApart() {
    prober.answer = outcome(http(200), new Failure(ErrorClass.BODY_MISMATCH, "no"));
    assertThat(metrics("target=x")).containsEntry("probe_failed_due_to_regex", 1.0);
    prober.answer = outcome(http(500), new Failure(ErrorClass.STATUS, "no"));
    assertThat(metrics("target=x")).containsEntry("probe_failed_due_to_regex", 0.0);
  }

  @Test
  void aConversationGivesWhatItCaptured() {
    prober.answer = outcome(new Reply.Connection(Map.of("1", "2")), null);
    assertThat(metrics("target=x:22&module=tcp"))
        .containsEntry("probe_expect_info{v=is 2}", 1.0)
        .containsEntry("probe_failed_due_to_bytes", 0.0)
        .containsEntry("probe_success", 1.0);
    Check.Tcp tcp = (Check.Tcp) prober.checks.getFirst();
    assertThat(tcp.host() + tcp.port()).isEqualTo("x22");
  }

  @Test
  void aQuestionGivesItsRecords() {
    prober.answer = outcome(new Reply.Dns("NOERROR", List.of("a", "b"), 1, 3, 2026112201L), null);
    assertThat(metrics("target=192.0.2.53&module=dns"))
        .containsEntry("probe_dns_query_succeeded", 1.0)
        .containsEntry("probe_dns_answer_rrs", 2.0)
        .containsEntry("probe_dns_authority_rrs", 1.0)
        .containsEntry("probe_dns_additional_rrs", 3.0)
        .containsEntry("probe_dns_serial", 2026112201.0)
        .containsEntry("probe_dns_duration_seconds{phase=resolve}", 0.001);
    assertThat(((Check.Dns) prober.checks.getFirst()).resolver()).contains("192.0.2.53");
  }

  @ParameterizedTest
  @CsvSource({"every,ab ba,1", "every,ab a,0", "every,'',0"})
  void allAnswersAreJudgedTogether(String module, String answers, double success) {
    List<String> records = answers.isEmpty() ? List.of() : List.of(answers.split(" "));
    prober.answer = outcome(new Reply.Dns("NOERROR", records, 0, 0, -1), null);
    assertThat(metrics("target=192.0.2.53&module=" + module))
        .containsEntry("probe_success", success);
  }

  @Test
  void whoAsksForReasonsGetsThem() {
    prober.answer = outcome(http(500), new Failure(ErrorClass.STATUS, "500 is not 2xx"));
    ProbeAnswer.Explained explained =
        (ProbeAnswer.Explained) ask("target=x&debug=true&module=hosted");
    assertThat(explained.log().getFirst()).contains("x", "hosted", "119.5");
    assertThat(explained.log().get(1)).contains("127.0.0.1", "tls 0.003000s", "status 200");
    assertThat(explained.log().getLast()).isEqualTo("Probe failed: 500 is not 2xx");
    assertThat(explained.module())
        .contains("prober: http\nmethod: GET\nheaders: [host]\n")
        .contains("tls: verified")
        .doesNotContain("a.example");
    assertThat(explained.metrics()).isNotEmpty();
  }

  @Test
  void moreProbesThanItMayAreToldToComeAgain() throws Exception {
    prober.holding = new CountDownLatch(1);
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < BlackboxProbe.PROBES_MAX; i++) {
      asking.add(Thread.startVirtualThread(() -> ask("target=x")));
    }
    prober.begun.await();
    assertThat(ask("target=x")).isInstanceOf(ProbeAnswer.Refused.class);
    assertThat(((ProbeAnswer.Refused) ask("target=x")).status()).isEqualTo(503);
    prober.holding.countDown();
    for (Thread each : asking) {
      each.join();
    }
    assertThat(ask("target=x")).isInstanceOf(ProbeAnswer.Probed.class);
  }

  @Test
  void whoAsksOnAVirtualThreadIsMeasuredForOnAPlatformThreadUntilNobodyWaits() throws Exception {
    prober.holding = new CountDownLatch(1);
    List<ProbeAnswer> answers = new ArrayList<>();
    Thread asking = Thread.startVirtualThread(() -> answers.add(ask("target=x")));
    Thread measuring = prober.measuring.take();
    assertThat(measuring.isVirtual()).isFalse();
    asking.interrupt();
    asking.join();
    assertThat(((ProbeAnswer.Refused) answers.getFirst()).status()).isEqualTo(503);
    prober.ended.await(); // By its own interrupt: it is held still.
  }

  private Map<String, Double> metrics(String query) {
    return flat(((ProbeAnswer.Probed) ask(query)).metrics());
  }

  private static Map<String, Double> flat(List<ProbeMetric> metrics) {
    assertThat(metrics).extracting(ProbeMetric::name).isSorted().doesNotHaveDuplicates();
    Map<String, Double> flat = new HashMap<>();
    for (ProbeMetric metric : metrics) {
      for (ProbeMetric.Value value : metric.values()) {
        flat.put(metric.name() + (value.labels().isEmpty() ? "" : value.labels()), value.number());
      }
    }
    return flat;
  }

  private ProbeAnswer ask(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String each : query.split("&")) {
        parameters.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
      }
    }
    return probe.probe(parameters, Optional.ofNullable(parameters.remove("timeout")));
  }

  private static Reply http(int status) {
    return new Reply.Http(
        status,
        Map.of(
            "content-length", List.of("5"),
            "last-modified", List.of("Sun, 06 Nov 1994 08:49:37 GMT")),
        5,
        new byte[4]);
  }

  private static Run outcome(Reply reply, @Nullable Failure failure) {
    Hop hop = new Hop("x", PHASES, PEER, 200, "HTTP/1.1");
    return new Run(
        List.of(new Measurement(20_000_000, List.of(hop), reply, failure)), 1, failure, false);
  }
}
