// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real blackbox_exporter and Weir with the same modules, asked the same of the same sites: what
 * they tell has the same names, types and labels, and the same values where no clock is involved.
 */
class BlackboxIT {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  /** Those of times; they can't agree. */
  private static final Set<String> TIMES =
      Set.of(
          "probe_duration_seconds",
          "probe_dns_lookup_time_seconds",
          "probe_http_duration_seconds",
          "probe_dns_duration_seconds");

  /** What newer versions tell, and Weir with them. */
  private static final Set<String> NEWER =
      Set.of("probe_timeout_seconds", "probe_failed_due_to_bytes", "probe_tls_cipher_info");

  private static final String MODULES =
      """
      modules:
        http_2xx: {prober: http}
        ip4: {prober: http, http: {preferred_ip_protocol: ip4}}
        nofollow: {prober: http, http: {preferred_ip_protocol: ip4, follow_redirects: false}}
        post: {prober: http, http: {method: POST, body: hello}}
        lenient: {prober: http, http: {valid_status_codes: [404]}}
        page: {prober: http, http: {fail_if_body_not_matches_regexp: [welcome]}}
        nopage: {prober: http, http: {fail_if_body_matches_regexp: [welcome]}}
        header:
          prober: http
          http: {fail_if_header_not_matches: [{header: Content-Type, regexp: json}]}
        old: {prober: http, http: {valid_http_versions: ["HTTP/2.0"]}}
        plain: {prober: http, http: {fail_if_ssl: true}}
        secret: {prober: http, http: {fail_if_not_ssl: true}}
        trusting: {prober: http, http: {tls_config: {ca_file: FOLDER/ca.pem}}}
        careless: {prober: http, http: {tls_config: {insecure_skip_verify: true}}}
        tcp: {prober: tcp}
        tls: {prober: tcp, tcp: {tls: true, tls_config: {ca_file: FOLDER/ca.pem}}}
        ssh:
          prober: tcp
          tcp:
            query_response:
              - expect: "^SSH-([0-9.]+)-(.*)$"
        pop: {prober: tcp, timeout: 1s, tcp: {query_response: [{expect: "^[+]OK"}]}}
        name: {prober: dns, dns: {query_name: shop.example, query_type: A}}
        zone: {prober: dns, dns: {query_name: shop.example, query_type: SOA}}
        wrong_name:
          prober: dns
          dns:
            query_name: shop.example
            query_type: A
            validate_answer_rrs: {fail_if_none_matches_regexp: ["198[.]51"]}
        no_name: {prober: dns, dns: {query_name: other.example, query_type: A}}
        expected_no_name:
          prober: dns
          dns: {query_name: other.example, query_type: A, valid_rcodes: [NXDOMAIN]}
        every:
          prober: dns
          dns:
            query_name: shop.example
            query_type: A
            validate_answer_rrs: {fail_if_not_matches_regexp: ["300.*A", "192[.]0"]}
        every_of_none:
          prober: dns
          dns:
            query_name: other.example
            query_type: A
            valid_rcodes: [NXDOMAIN]
            validate_answer_rrs: {fail_if_not_matches_regexp: ["192[.]0"]}
        ping: {prober: icmp}
      """;

  private static ProbedSites sites;
  private static RealProcess blackbox;
  private static Web blackboxWeb;
  private static WeirProcess weir;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    String binary = RealClient.BLACKBOX.binary();
    sites = new ProbedSites();
    Path modules =
        Files.writeString(
            folder.resolve("modules.yml"), MODULES.replace("FOLDER", folder.toString()));
    Files.writeString(folder.resolve("ca.pem"), sites.authorityPem());
    blackboxWeb = new Web(RealProcess.freePort());
    blackbox =
        RealProcess.start(
            "blackbox_exporter",
            folder.resolve("blackbox.log"),
            List.of(
                binary,
                "--config.file=" + modules,
                "--web.listen-address=" + blackboxWeb.address()));
    Path site =
        Files.writeString(
            folder.resolve("sites.yaml"),
            "sites: [{id: page, endpoint: 'http://%s/', interval: 1s, requests: 1}]"
                .formatted(sites.http()));
    weir = WeirProcess.start(folder, "--probe.config-file=" + modules, "--sites.file=" + site);
    Patience.until(START_LIMIT, blackbox::lastOutput, () -> blackboxWeb.answers("/-/healthy"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (weir != null) {
      weir.close();
    }
    if (blackbox != null) {
      blackbox.close();
    }
    if (sites != null) {
      sites.close();
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "http_2xx,HTTP/,1",
    "ip4,http://HTTP/,1",
    "http_2xx,HTTP/moved,1",
    "nofollow,HTTP/moved,0",
    "http_2xx,HTTP/missing,0",
    "lenient,HTTP/missing,1",
    "lenient,HTTP/,0",
    "http_2xx,HTTP/chunked,1",
    "http_2xx,HTTP/dated,1",
    "post,HTTP/method,1",
    "http_2xx,HTTP/method,0",
    "page,HTTP/,1",
    "nopage,HTTP/,0",
    "header,HTTP/,0",
    "old,HTTP/,0",
    "secret,HTTP/,0",
    "trusting,https://TLS/,1",
    "plain,https://TLS/,0",
    "careless,https://TLS/,1",
    "http_2xx,https://TLS/,0",
    "http_2xx,127.0.0.1:1,0",
    "http_2xx,nowhere.invalid,0",
    "http_2xx,http://%20,0",
    "tcp,GREETER,1",
    "tcp,127.0.0.1:1,0",
    "tcp,127.0.0.1,0",
    "tcp,nowhere.invalid:80,0",
    "ssh,GREETER,1",
    "pop,GREETER,0",
    "tls,TLS,1",
    "tls,GREETER,0",
    "name,NAMES,1",
    "zone,NAMES,1",
    "wrong_name,NAMES,0",
    "no_name,NAMES,0",
    "expected_no_name,NAMES,1",
    "every,NAMES,1",
    "every_of_none,NAMES,0",
    "name,127.0.0.1:1,0"
  })
  void bothTellTheSame(String module, String target, int success) {
    String query = "/probe?module=" + module + "&target=" + encoded(target(target));
    HttpResponse<String> theirs = blackboxWeb.get(query);
    HttpResponse<String> ours = weir.web().get(query);
    assertThat(ours.statusCode()).as(ours.body()).isEqualTo(theirs.statusCode());
    Exposed their = Exposed.of(theirs.body());
    Exposed our = Exposed.of(ours.body());
    assertThat(their.value("probe_success"))
        .as(() -> blackboxWeb.get(query + "&debug=true").body())
        .isEqualTo(success);
    assertThat(our.value("probe_success"))
        .as(() -> weir.web().get(query + "&debug=true").body())
        .isEqualTo(success);
    assertThat(our.types()).containsAllEntriesOf(their.types());
    Set<String> more = new TreeSet<>(our.types().keySet());
    more.removeAll(their.types().keySet());
    more.removeAll(NEWER);
    if (success == 0) {
      // A handshake that the certificates end tells of them here, and of nothing there.
      more.removeIf(name -> name.startsWith("probe_ssl_") || name.startsWith("probe_tls_"));
    }
    assertThat(more).isEmpty();
    Set<String> compared = new TreeSet<>(their.types().keySet());
    if (module.equals("nofollow")) {
      // There the body of a redirect that is not followed is closed unread, here it counts.
      compared.remove("probe_http_uncompressed_body_length");
    }
    for (String name : compared) {
      compare(name, their.values().get(name), our.values().get(name));
    }
  }

  private static void compare(
      String name, Map<Map<String, String>, Double> theirs, Map<Map<String, String>, Double> ours) {
    if (name.endsWith("_info")) {
      // Newer versions have more labels; of those that both have the values agree.
      Map<String, String> ourLabels = new HashMap<>(ours.keySet().iterator().next());
      Map<String, String> theirLabels = theirs.keySet().iterator().next();
      ourLabels.keySet().retainAll(theirLabels.keySet());
      assertThat(ourLabels).as(name).isEqualTo(theirLabels);
      return;
    }
    assertThat(ours.keySet()).as(name).isEqualTo(theirs.keySet());
    if (!TIMES.contains(name)) {
      assertThat(ours).as(name).isEqualTo(theirs);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "target=x&module=nope,400",
    "module=http_2xx,400",
    "'',400",
    "target=x&hostname=a.example,200"
  })
  void whatTheyRefuseWeRefuseInTheSameWords(String query, int status) {
    HttpResponse<String> theirs = blackboxWeb.get("/probe?" + query);
    HttpResponse<String> ours = weir.web().get("/probe?" + query);
    assertThat(ours.statusCode()).isEqualTo(theirs.statusCode()).isEqualTo(status);
    if (status == 400) {
      assertThat(ours.body().strip()).isEqualTo(theirs.body().strip());
    }
  }

  @Test
  void theHostNameIsSentInsteadOfTheTargets() {
    String query = "/probe?hostname=shop.example&target=" + encoded(sites.http() + "/host");
    for (Web each : List.of(blackboxWeb, weir.web())) {
      Exposed exposed = Exposed.of(each.get(query).body());
      assertThat(exposed.value("probe_http_status_code")).isEqualTo(200);
    }
  }

  @Test
  void aProberThatWeirHasNotIsNamedAtTheStartAndRefusedWhereAskedFor() {
    HttpResponse<String> ours = weir.web().get("/probe?module=ping&target=127.0.0.1");
    assertThat(ours.statusCode()).isEqualTo(400);
    assertThat(ours.body()).contains("prober 'icmp' can't be done");
    assertThat(weir.process().output()).contains("module 'ping' is not available");
  }

  @Test
  void theLastResultsOfAllSitesAreThereToBeScraped() {
    String up = "probe_success{customer=\"default\",region=\"local\",site=\"page\"} 1.0";
    Patience.until(
        START_LIMIT,
        () -> weir.web().get("/metrics/sites").body(),
        () -> weir.web().get("/metrics/sites").body().contains(up));
    Exposed exposed = Exposed.of(weir.web().get("/metrics/sites").body());
    assertThat(exposed.types()).containsEntry("probe_http_version", "gauge");
  }

  private static String target(String place) {
    return place
        .replace("HTTP/", sites.http() + "/")
        .replace("TLS", sites.https())
        .replace("GREETER", sites.greeter())
        .replace("NAMES", sites.names());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
