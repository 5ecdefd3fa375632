// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets are named and never written, and no message repeats one. */
class SecretFieldsTest {

  private static final String HOW =
      "is a secret and is not written here: write ${env:NAME} or ${file:path}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http: {basic: {user: me, password: hunter2}}  | http.basic.password
          http: {bearer: hunter2}                       | http.bearer
          http: {bearer: "$${env:hunter2}"}             | http.bearer
          http: {headers: {Authorization: Basic hunter2}} | http.headers.Authorization
          http: {headers: {proxy-authorization: hunter2}} | http.headers.proxy-authorization
          http: {headers: {Cookie: "session=hunter2"}}  | http.headers.Cookie
          http: {headers: {X-API-Key: hunter2}}         | http.headers.X-API-Key
          tls: {certificate: "${file:c}", key: "-----BEGIN PRIVATE KEY-----hunter2"} | tls.key
          """)
  void refusesSecretsThatAreWrittenOut(String field, String path) {
    assertThat(Readings.problems("- id: a\n  endpoint: https://a.b/\n  " + field))
        .containsExactly("test:3: a: " + path + ": " + HOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http: {bearer: "hunter2${"}
          http: {bearer: ["hunter2"]}
          http: {bearer: {hunter2: 1}, basic: hunter2}
          http: {headers: {X-Api-Key: "hunter2\\n"}}
          http: {headers: {X: "${env:A}hunter2\\n"}}
          http: {body: "hunter2 ${x}", method: POST}
          http: {headers: {X: "${hunter2}"}}
          tls: {ca: hunter2}
          """)
  void repeatsNoSecretInItsMessages(String field) {
    assertThat(Readings.problems("- id: a\n  endpoint: https://a.b/\n  " + field))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).doesNotContain("hunter2"));
  }

  @Test
  void anEndpointWithAPasswordIsNotRepeated() {
    assertThat(Readings.problems("- {id: a, endpoint: 'https://me:hunter2@a.b/'}"))
        .allSatisfy(problem -> assertThat(problem).doesNotContain("hunter2"));
  }

  @Test
  void aSecretMayHaveTextAroundItsReference() {
    assertThat(
            Readings.sites(
                """
                - id: a
                  endpoint: https://a.b/
                  http: {headers: {Authorization: "Token ${env:A}", Cookie: "a=${file:b}; c=d"}}
                """))
        .hasSize(1);
  }

  @Test
  void authorizationIsSentOnce() {
    assertThat(
            Readings.problems(
                """
                - id: a
                  endpoint: https://a.b/
                  http:
                    headers: {authorization: "${env:A}"}
                    bearer: ${env:A}
                    basic: {user: "a:b", password: "${env:A}"}
                """))
        .containsExactly(
            "test:4: a: http.headers: has Authorization beside basic or bearer, which send it too",
            "test:5: a: http.bearer: stands beside basic: one of the two",
            "test:6: a: http.basic.user: has a colon, which ends the user in what is sent");
  }

  @Test
  void aCustomerNamesItsOwnSecretsOnly() {
    String site =
        """
        - id: a
          customer: acme
          endpoint: https://a.b/
          http:
            bearer: ${env:%s}
          tls:
            ca: ${file:%s}
        """;
    assertThat(Readings.sites(site.formatted("WEIR_SECRET_acme__TOKEN", "acme/ca.pem"))).hasSize(1);
    assertThat(Readings.problems(site.formatted("HOME", "/etc/ssl/ca.pem")))
        .containsExactly(
            "test:5: a: http.bearer: customer acme may name variables that begin with"
                + " WEIR_SECRET_acme__, not HOME",
            "test:7: a: tls.ca: customer acme may name files as ${file:acme/NAME}, below the"
                + " folder of secrets");
  }
}
