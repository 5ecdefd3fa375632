// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPolicyTest {

  private final HostPolicy policy = new HostPolicy(Set.of("weir.example.com"), Set.of());
  private final Doorstep door = new Doorstep();

  @AfterEach
  void close() {
    door.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:9201",
        "localhost.:9201",
        "127.0.0.1",
        "127.0.0.1:80",
        "[::1]",
        "[::1]:9201",
        "weir.example.com",
        "Weir.Example.com:443",
      })
  void letsOurNamesIn(String host) {
    assertThat(policy.refusal(Headers.of("Host", host), "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:9201",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example:localhost",
        "[::2]:9201",
        "127.0.0.2",
        "0.0.0.0",
        "x.weir.example.com",
        "localhost:80:80",
        "[::1",
      })
  void refusesOtherNames(String host) {
    assertThat(policy.refusal(Headers.of("Host", host), "")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9201, localhost:9201, true",
    "https://weir.example.com, 127.0.0.1:9201, true",
    "http://localhost:3000, localhost:9201, false",
    "https://evil.example, localhost:9201, false",
    "null, localhost:9201, false",
    "'', localhost:9201, false",
    "'http://local host', localhost:9201, false",
  })
  void letsOnlyPagesOfItsOwnIn(String origin, String host, boolean in) {
    assertThat(policy.refusal(Headers.of("Host", host, "Origin", origin), "").isEmpty())
        .isEqualTo(in);
  }

  @Test
  void refusesARequestWithoutAnyHostAndATargetThatDiffers() {
    assertThat(policy.refusal(Headers.empty(), "")).isPresent();
    assertThat(policy.refusal(Headers.of("Host", "localhost"), "evil.example")).isPresent();
  }

  @Test
  void answers403OnAllPathsButHealth() throws Exception {
    door.open();
    assertThat(get("/metrics", "evil.example")).startsWith("HTTP/1.1 403");
    assertThat(get("/nothing", "evil.example")).startsWith("HTTP/1.1 403");
    assertThat(get("/-/healthy", "evil.example")).startsWith("HTTP/1.1 200");
    assertThat(get("/-/ready", "evil.example")).startsWith("HTTP/1.1 200");
    assertThat(get("/metrics", "localhost:" + door.port())).startsWith("HTTP/1.1 200");
  }

  private String get(String path, String host) throws Exception {
    try (RawConnection raw = door.raw()) {
      return raw.send("GET " + path + " HTTP/1.1\nHost: " + host + "\n\n").readHead();
    }
  }
}
