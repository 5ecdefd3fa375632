// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigReaderTest {

  private static final Path FILE = Path.of("/etc/weir/web.yml");
  private static final String HASH = "$2y$10$" + "a".repeat(53);

  @Test
  void readsEverythingThatWeServe() {
    WebConfig config =
        read(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: /keys/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: clients.crt
              client_allowed_sans: [scraper.example.com]
              min_version: TLS13
              cipher_suites:
                - TLS_AES_128_GCM_SHA256
                - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305
              prefer_server_cipher_suites: true
              curve_preferences: [X25519, CurveP256]
            http_server_config:
              http2: false
              headers:
                Strict-Transport-Security: max-age=63072000
            basic_auth_users:
              alice: %s
            """
                .formatted(HASH));

    assertThat(config.users()).containsOnlyKeys("alice");
    assertThat(config.http2()).isFalse();
    assertThat(config.headers()).containsEntry("Strict-Transport-Security", "max-age=63072000");
    TlsSettings tls = config.tls().orElseThrow();
    assertThat(tls.certificate().place()).isEqualTo("/etc/weir/server.crt");
    assertThat(tls.key().place()).isEqualTo("/keys/server.key");
    assertThat(tls.clientAuth()).isEqualTo(ClientAuth.REQUIRE_AND_VERIFY);
    assertThat(tls.clientNames()).containsExactly("scraper.example.com");
    assertThat(tls.protocols()).containsExactly("TLSv1.3");
    assertThat(tls.cipherSuites())
        .containsExactly("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    assertThat(tls.namedGroups()).isEqualTo(List.of("x25519", "secp256r1"));
  }

  @Test
  void anEmptyFileAsksForNothing() {
    assertThat(read("")).isEqualTo(WebConfig.NONE);
    assertThat(read("# nothing\n")).isEqualTo(WebConfig.NONE);
    assertThat(read("tls_server_config:\n")).isEqualTo(WebConfig.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a: 1                                              | line 1: unknown key a; known are"
            + " basic",
        "basic_auth_users:;  a: plain                      | line 2: a has no bcrypt hash",
        "basic_auth_users: [a]                             | line 1: basic_auth_users must be a"
            + " map",
        "tls_server_config:;  cert_file: x                 | line 1: tls_server_config needs"
            + " key_file",
        "tls_server_config:;  key_file: x                  | needs cert_file",
        "tls_server_config:;  cert_fil: x                  | line 2: unknown key cert_fil in"
            + " tls_server",
        "T  client_auth_type: Maybe                        | line 4: client_auth_type Maybe is not"
            + " known",
        "T  client_auth_type: RequireAndVerifyClientCert   | line 4: client_auth_type Require",
        "T  client_ca_file: x                              | line 4: client_ca_file needs",
        "T  client_allowed_sans: [x]                       | line 4: client_allowed_sans needs",
        "T  min_version: SSL3                              | line 4: min_version SSL3 is not known",
        "T  max_version: TLS11                             | line 4: max_version leaves no version",
        "T  curve_preferences: [Curve9]                    | line 4: curve_preferences Curve9",
        "T  cipher_suites: 5                               | line 4: cipher_suites must be a list",
        "T  cert: y                                        | line 2: cert_file and cert exclude",
        "http_server_config:;  http2: 5                    | line 2: http2 must be true or false",
        "http_server_config:;  headers:;    X-Other: 5     | line 3: unknown key X-Other in"
            + " headers",
        "rate_limit:;  interval: 1s                        | line 1: unknown key rate_limit",
        "basic_auth_users: {a: x;                          | line 2:",
        "a: 1;a: 2                                         | line 2: key a is there twice",
        "- list                                            | line 1: the file must be a mapping",
      })
  void refusesWhatItDoesNotKnowWithTheLine(String text, String complaint) {
    String yaml =
        text.replace("T  ", "tls_server_config:;  cert_file: x;  key_file: y;  ")
            .replace(';', '\n');
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ServerConfigException.class)
        .hasMessageStartingWith("web config " + FILE)
        .hasMessageContaining(complaint)
        .message()
        .hasLineCount(1);
  }

  @Test
  void neverPrintsHashes() {
    assertThat(read("basic_auth_users: {a: '" + HASH + "'}").toString()).doesNotContain("$2y");
  }

  private static WebConfig read(String text) {
    return WebConfigReader.read(FILE, text);
  }
}
