// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCredentialsTest {

  private static final String TOKEN = RequestCredentials.TOKEN_HEADER;

  @Test
  void userAndPasswordAreKeyAndSecretSplitAtTheFirstColon() {
    assertThat(of("Basic " + encoded("AKIDEXAMPLE:sec:r/et+")))
        .contains(new Credentials("AKIDEXAMPLE", "sec:r/et+", null));
  }

  /** The AWS connector compares the scheme's case; RFC 7617 does not, and neither do we. */
  @ParameterizedTest
  @ValueSource(strings = {"Basic", "basic", "BASIC"})
  void theSchemeIsTakenInAnyCase(String scheme) {
    assertThat(of(scheme + " " + encoded("a:b"))).contains(new Credentials("a", "b", null));
  }

  /** The AWS connector takes no temporary credentials outside of Lambda. */
  @Test
  void aSessionTokenComesInItsOwnHeader() {
    Headers headers = Headers.of("Authorization", "Basic " + encoded("a:b"), TOKEN, "tok/en+==");
    assertThat(RequestCredentials.of(headers)).contains(new Credentials("a", "b", "tok/en+=="));
    assertThat(RequestCredentials.of(headers).orElseThrow().toString())
        .doesNotContain("tok/en")
        .doesNotContain("b,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer abc",
        "Basic",
        "Basic ",
        "Basic not base64!",
        "Basic bm9jb2xvbg==",
        "Basic OmI=",
        "Basic YTo=",
        "invalid",
      })
  void malformedCredentialsAreNone(String authorization) {
    assertThat(of(authorization)).isEmpty();
  }

  @Test
  void missingAndDoubledCredentialsAreNone() {
    String basic = "Basic " + encoded("a:b");
    assertThat(RequestCredentials.of(Headers.empty())).isEmpty();
    assertThat(RequestCredentials.of(Headers.of("Authorization", basic, "Authorization", basic)))
        .isEmpty();
    assertThat(RequestCredentials.of(Headers.of("Authorization", basic, TOKEN, "x", TOKEN, "y")))
        .isEmpty();
  }

  /** The key stands in a header of the call that it signs. */
  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a,b", "a b", "a=b", "a\r\nX-Amz-Target", "\u00e4"})
  void aKeyThatWouldSpoilAHeaderIsNone(String key) {
    assertThat(of("Basic " + encoded(key + ":secret"))).isEmpty();
  }

  @Test
  void eachPartHasALimit() {
    String key = "k".repeat(RequestCredentials.ACCESS_KEY_MAX);
    String secret = "s".repeat(RequestCredentials.SECRET_MAX);
    String token = "t".repeat(RequestCredentials.TOKEN_MAX);
    assertThat(of(key, secret, token)).contains(new Credentials(key, secret, token));
    assertThat(of(key + "k", secret, token)).isEmpty();
    assertThat(of(key, secret + "s", token)).isEmpty();
    assertThat(of(key, secret, token + "t")).isEmpty();
  }

  /** The AWS connector answers 400 there; both make a sender drop what it sent. */
  @Test
  void theAnswerWithoutThemAsksForThem() {
    Response missing = RequestCredentials.missing();
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.headers().first("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
  }

  private static Optional<Credentials> of(String key, String secret, String token) {
    return RequestCredentials.of(
        Headers.of("Authorization", "Basic " + encoded(key + ":" + secret), TOKEN, token));
  }

  private static Optional<Credentials> of(String authorization) {
    return RequestCredentials.of(Headers.of("Authorization", authorization));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
