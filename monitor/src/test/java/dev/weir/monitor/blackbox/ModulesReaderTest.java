// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.blackbox.ProbeModule.Prober;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Expectations.AnswerRule;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.HeaderRule;
import dev.weir.monitor.check.Expectations.StatusRange;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModulesReaderTest {

  private static final Path FOLDER = Path.of("/etc/probes");

  @Test
  void readsAllThatARequestCanSay() {
    Prober.Http http =
        (Prober.Http)
            only("""
            prober: http
            timeout: 5s
            tcp: {tls: true}
            http:
              valid_status_codes: [200, 201, 202, 404]
              valid_http_versions: ["HTTP/1.1", "HTTP/2.0"]
              method: post
              headers: {Host: shop.example, X-Empty: ""}
              http_headers:
                X-One: {values: [one]}
                X-File: {files: [x.txt]}
              body: 'a ${b}'
              body_size_limit: 64KB
              compression: gzip
              follow_redirects: false
              fail_if_ssl: true
              fail_if_not_ssl: false
              fail_if_body_matches_regexp: [bad]
              fail_if_body_not_matches_regexp: [good, fine]
              fail_if_header_matches: [{header: X-A, regexp: a}]
              fail_if_header_not_matches: [{header: X-B, regexp: b}]
              tls_config:
                insecure_skip_verify: true
                ca_file: ca.pem
                cert_file: /c.pem
                key_file: /k.pem
                server_name: other.example
                min_version: TLS13
              basic_auth: {username: me, password_file: pw}
              enable_http2: false
              enable_http3: false
              preferred_ip_protocol: ip4
              ip_protocol_fallback: false
            """)
                .prober();
    assertThat(http.method()).isEqualTo("POST");
    assertThat(http.headers())
        .containsOnly(
            Map.entry("Host", new Secret("shop.example")),
            Map.entry("X-Empty", new Secret("")),
            Map.entry("X-One", new Secret("one")),
            Map.entry("X-File", new Secret("${file:/etc/probes/x.txt}")));
    assertThat(http.body()).contains(Secret.literal("a ${b}"));
    assertThat(http.bodyLimitBytes()).isEqualTo(64 << 10);
    assertThat(http.redirects().limit()).isZero();
    assertThat(http.failsWithTls()).isTrue();
    assertThat(http.failsWithoutTls()).isFalse();
    assertThat(http.version()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(http.versions()).containsExactlyInAnyOrder("HTTP/1.1", "HTTP/2");
    assertThat(http.family()).isEqualTo(AddressFamily.ONLY_IPV4);
    assertThat(http.credentials())
        .contains(new Credentials.Basic(new Secret("me"), new Secret("${file:/etc/probes/pw}")));
    assertThat(http.expectations().statuses())
        .containsExactly(new StatusRange(200, 202), new StatusRange(404, 404));
    assertThat(http.expectations().body())
        .containsExactly(
            new BodyRule.Matches("bad", false),
            new BodyRule.Matches("good", true),
            new BodyRule.Matches("fine", true));
    assertThat(http.expectations().headers())
        .containsExactly(
            new HeaderRule("X-A", "a", false),
            new HeaderRule("X-A", "", true),
            new HeaderRule("X-B", "b", true));
    assertThat(http.tls().verified()).isFalse();
    assertThat(http.tls().serverName()).contains("other.example");
    assertThat(http.tls().minimum()).isEqualTo(TlsSettings.Version.TLS_1_3);
    assertThat(http.tls().authority()).contains(new Secret("${file:/etc/probes/ca.pem}"));
    assertThat(http.tls().key()).contains(new Secret("${file:/k.pem}"));
  }

  @Test
  void whatIsNotSaidIsAsThere() {
    ProbeModule module = only("{prober: http, http: {valid_status_codes: [], headers: }}");
    Prober.Http http = (Prober.Http) module.prober();
    assertThat(module.timeout()).isEmpty();
    assertThat(http.method()).isEqualTo("GET");
    assertThat(http.family()).isEqualTo(AddressFamily.PREFER_IPV6);
    assertThat(http.redirects().limit()).isEqualTo(10);
    assertThat(http.version()).isEqualTo(HttpVersion.AUTOMATIC);
    assertThat(http.bodyLimitBytes()).isEqualTo(HttpModules.BODY_BYTES_MAX);
    assertThat(http.expectations().statuses()).containsExactly(new StatusRange(200, 299));
    assertThat(http.tls()).isEqualTo(TlsSettings.SYSTEM);
  }

  @Test
  void aBodyMayNotBeLongerThanOurLimit() {
    Prober.Http http = (Prober.Http) only("{prober: http, http: {body_size_limit: 1GB}}").prober();
    assertThat(http.bodyLimitBytes()).isEqualTo(HttpModules.BODY_BYTES_MAX);
  }

  @Test
  void readsConversations() {
    ProbeModule module =
        only(
            """
            prober: tcp
            timeout: 1m30s
            tcp:
              preferred_ip_protocol: ip4
              query_response:
                - expect: "^220 (.*)"
                - send: "STARTTLS ${1}"
                - starttls: true
                - expect: "^SSH-([0-9.]+)"
                  labels: [{name: version, value: "${1}"}]
              tls_config: {server_name: mail.example}
            """);
    Prober.Tcp tcp = (Prober.Tcp) module.prober();
    assertThat(module.timeout()).contains(Duration.ofSeconds(90));
    assertThat(tcp.steps())
        .containsExactly(
            new Step.Expect("^220 (.*)"),
            new Step.Send(Secret.literal("STARTTLS ${1}\n")),
            new Step.StartTls(),
            new Step.Expect("^SSH-([0-9.]+)"));
    assertThat(tcp.labels()).containsExactly(Map.entry("version", "${1}"));
    assertThat(tcp.tls().orElseThrow().serverName()).contains("mail.example");
    assertThat(((Prober.Tcp) only("prober: tcp").prober()).tls()).isEmpty();
    assertThat(((Prober.Tcp) only("{prober: tcp, tcp: {tls: true}}").prober()).tls()).isPresent();
  }

  @Test
  void readsQuestions() {
    Prober.Dns dns =
        (Prober.Dns)
            only("""
            prober: dns
            dns:
              query_name: shop.example
              query_type: soa
              query_class: IN
              recursion_desired: true
              transport_protocol: tcp
              valid_rcodes: [NOERROR, nxdomain]
              validate_answer_rrs:
                fail_if_matches_regexp: ["127"]
                fail_if_none_matches_regexp: ["a", "b"]
                fail_if_not_matches_regexp: ["d"]
              validate_authority_rrs: {fail_if_matches_regexp: []}
            """)
                .prober();
    assertThat(dns.name()).isEqualTo("shop.example");
    assertThat(dns.type()).isEqualTo("SOA");
    assertThat(dns.tcp()).isTrue();
    assertThat(dns.notMatch()).containsExactly("d");
    assertThat(dns.expectations().responseCodes()).containsExactly("NOERROR", "NXDOMAIN");
    assertThat(dns.expectations().answers())
        .containsExactly(new AnswerRule("127", false), new AnswerRule("(?:a)|(?:b)", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{prober: icmp}|prober 'icmp'",
        "{prober: grpc, grpc: {service: x}}|prober 'grpc'",
        "{}|prober ''",
        "{prober: http, http: {proxy_url: 'http://p'}}|proxy_url",
        "{prober: http, http: {enable_http2: false, enable_http3: true}}|enable_http3",
        "{prober: http, http: {oauth2: {client_id: x}}}|oauth2",
        "{prober: http, http: {fail_if_body_json_matches_cel:"
            + " 'body.x'}}|fail_if_body_json_matches_cel",
        "{prober: http, http: {tls_config: {max_version: TLS12}}}|max_version TLS12",
        "{prober: http, http: {http_headers: {A: {values: [x, y]}}}}|several values, A",
        "{prober: http, http: {fail_if_header_not_matches: [{header: A, regexp: b, allow_missing:"
            + " true}]}}|allow_missing",
        "{prober: tcp, tcp: {source_ip_address: 127.0.0.1}}|source_ip_address",
        "{prober: tcp, tcp: {query_response: [{expect_bytes: x}]}}|expect_bytes",
        "{prober: tcp, tcp: {query_response: [{expect: x, labels: [{name: a, value: b}]}, {expect:"
            + " y}]}}|labels",
        "{prober: dns, dns: {query_name: x, dns_over_tls: true}}|dns_over_tls",
        "{prober: dns, dns: {query_name: x, query_class: CH}}|query_class CH",
        "{prober: dns, dns: {query_name: x, validate_answer_rrs: {fail_if_all_match_regexp:"
            + " [x]}}}|fail_if_all_match_regexp",
        "{prober: dns, dns: {query_name: x, recursion_desired: false}}|recursion_desired",
        "{prober: dns, dns: {query_name: x, validate_additional_rrs: {fail_if_matches_regexp:"
            + " [x]}}}|validate_additional_rrs"
      })
  void whatWeirCanNotDoIsNamedAndTheRestOfTheFileCounts(String module, String named) {
    BlackboxModules modules =
        BlackboxModules.read(
            "m.yml", "modules: {odd: %s, plain: {prober: http}}".formatted(module), FOLDER);
    assertThat(modules.unsupported())
        .singleElement()
        .asString()
        .startsWith("module 'odd' is not available")
        .contains(named);
    assertThat(modules.named("plain")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: {bogus: 1}|m.yml:4: it: modules.it.http.bogus: is no field here",
        "http: {fail_if_body_matches_regexp: ['(']}|is no RE2 expression",
        "http: {valid_status_codes: [20]}|a status from 100 to 999",
        "http: {valid_http_versions: ['HTTP/4']}|one of",
        "http: {preferred_ip_protocol: ip5}|one of",
        "http: {body: a, body_file: b}|one of the two",
        "http: {tls_config: {cert_file: c}}|go together",
        "http: {basic_auth: {username: a}, authorization: {credentials: b}}|one of them",
        "http: {body_size_limit: many}|a size such as 10MB",
        "timeout: 5|did you mean 5s?",
        "surprise: {}|surprise"
      })
  void whatNobodyKnowsIsRefusedWithItsLine(String line, String message) {
    String text = "modules:\n  it:\n    prober: http\n    " + line + "\n";
    assertThatThrownBy(() -> BlackboxModules.read("m.yml", text, FOLDER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("m.yml:4: it: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodules: {}", "modules: 5", "modules: {a: }b", "[]"})
  void whatIsNoModulesFileIsRefused(String text) {
    assertThatThrownBy(() -> BlackboxModules.read("m.yml", text, FOLDER))
        .hasMessageStartingWith("m.yml:1: ");
  }

  @Test
  void refusesMoreModulesThanItMay() {
    String many =
        IntStream.rangeClosed(0, ModulesReader.MODULES_MAX)
            .mapToObj(i -> "  m" + i + ": {prober: http}\n")
            .collect(Collectors.joining("", "modules:\n", ""));
    assertThatThrownBy(() -> BlackboxModules.read("m.yml", many, FOLDER))
        .hasMessageContaining("1001 modules, at most 1000");
  }

  @Test
  void refusesTextsThatAreTooLong() {
    String long1 = "x".repeat(ModulesReader.TEXT_LENGTH_MAX + 1);
    assertThatThrownBy(() -> only("{prober: http, http: {body: %s}}".formatted(long1)))
        .hasMessageContaining("65,537 characters, at most 65,536");
  }

  @Test
  void withoutAFileThereIsTheUsualModule() {
    assertThat(BlackboxModules.withoutFile().named("http_2xx")).isPresent();
    assertThat(BlackboxModules.withoutFile().unsupported()).isEmpty();
    assertThatThrownBy(() -> BlackboxModules.load(Path.of("/nowhere.yml")))
        .hasMessage("/nowhere.yml: can't be read as a text");
  }

  private static ProbeModule only(String module) {
    String text = "modules:\n  it:\n    " + module.strip().replace("\n", "\n    ");
    return BlackboxModules.read("m.yml", text, FOLDER).named("it").orElseThrow();
  }
}
