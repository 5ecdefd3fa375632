// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redirects: where they lead, as what, and what doesn't go along. */
final class HttpRedirectsTest {

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET", "302, POST, GET", "303, POST, GET", "307, POST, POST", "308, POST, POST",
    "301, PUT, PUT", "303, PUT, GET", "303, HEAD, HEAD", "302, HEAD, HEAD", "301, GET, GET",
  })
  void methodChangesAsInBrowsers(int status, String method, String next) throws Exception {
    try (FakeSite site = FakeSite.of(v -> redirectOnce(v, status, "/next"))) {
      TestCheck check = TestCheck.of(site.url("/")).method(method);
      if (!method.equals("HEAD") && !method.equals("GET")) {
        check.body("text").header("Content-Type", "text/plain");
      }
      Measurement measurement = measure(check.build());
      assertThat(measurement.failure()).isNull();
      FakeSite.Visit second = site.visits().get(1);
      assertThat(second.requestLine()).isEqualTo(next + " /next HTTP/1.1");
      boolean withBody = next.equals("POST") || next.equals("PUT");
      assertThat(new String(second.body(), StandardCharsets.UTF_8))
          .isEqualTo(withBody ? "text" : "");
      assertThat(second.headers().containsKey("content-type")).isEqualTo(withBody);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/x|/x",
        "x|/a/b/x",
        "./x|/a/b/x",
        "../x|/a/x",
        "../../../x|/x",
        "?y|/a/b/c?y",
        "../|/a/",
        "/x/../y?z=../w|/y?z=../w",
        "/ü|/%C3%BC",
        "/a b|/a%20b",
        "x#y|/a/b/x",
      })
  void locationIsRelativeToTheTarget(String location, String path) {
    HttpTarget target = HttpTarget.parse("http://u:p@a.test:81/a/b/c?q");
    assertThat(target.resolve(location).toString()).isEqualTo("http://a.test:81" + path);
    assertThat(target.resolve(location).userInfo()).isEmpty();
    assertThat(target.resolve("//b.test/x").toString()).isEqualTo("http://b.test/x");
  }

  @Test
  void eachHopHasItsPhasesAndItsConnection() throws Exception {
    try (FakeSite site = FakeSite.of(v -> redirectOnce(v, 302, "/next"))) {
      Measurement measurement = measure(TestCheck.of(site.url("/")).build());
      assertThat(measurement.hops()).hasSize(2);
      assertThat(measurement.hops().stream().map(Hop::status)).containsExactly(302, 200);
      for (Hop hop : measurement.hops()) {
        assertThat(hop.phases().connect()).isPositive();
        assertThat(hop.phases().body()).isNotNegative();
      }
      assertThat(site.connections()).isEqualTo(2);
      long sum = measurement.hops().stream().mapToLong(hop -> hop.phases().totalNanos()).sum();
      assertThat(measurement.latencyNanos()).isGreaterThanOrEqualTo(sum);
    }
  }

  @Test
  void credentialsStayWithTheirOrigin() throws Exception {
    try (FakeSite other = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", new byte[0]));
        FakeSite site = FakeSite.of(v -> redirectOnce(v, 307, other.url("/")))) {
      Measurement measurement =
          measure(
              TestCheck.of(site.url("/"))
                  .method("POST")
                  .body("plain")
                  .credentials(new Credentials.Bearer(new Secret("token")))
                  .header("Cookie", "a=b")
                  .header("Host", "shop.example")
                  .header("X-Key", "${env:KEY}")
                  .header("X-Plain", "kept")
                  .build());
      assertThat(measurement.failure()).isNull();
      assertThat(site.visits().getFirst().headers())
          .containsEntry("authorization", "Bearer token")
          .containsEntry("cookie", "a=b")
          .containsEntry("x-key", "${env:KEY}");
      assertThat(other.visits().getFirst().headers())
          .containsEntry("x-plain", "kept")
          .containsEntry("host", "127.0.0.1:" + other.port())
          .doesNotContainKeys("authorization", "cookie", "x-key");
    }
  }

  @Test
  void credentialsGoAlongWithinTheOrigin() throws Exception {
    try (FakeSite site = FakeSite.of(v -> redirectOnce(v, 302, "/next"))) {
      measure(
          TestCheck.of(site.url("/"))
              .credentials(new Credentials.Bearer(new Secret("token")))
              .build());
      assertThat(site.visits().stream().map(v -> v.headers().get("authorization")))
          .containsExactly("Bearer token", "Bearer token");
    }
  }

  @Test
  void bodyWithASecretIsNotSentToAnotherOrigin() throws Exception {
    try (FakeSite other = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", new byte[0]));
        FakeSite site = FakeSite.of(v -> redirectOnce(v, 307, other.url("/")))) {
      Measurement measurement =
          measure(TestCheck.of(site.url("/")).method("POST").body("key=${env:KEY}").build());
      assertThat(measurement.failure().errorClass()).isEqualTo(ErrorClass.STATUS);
      assertThat(measurement.failure().sentence()).contains("secret").contains("not followed");
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void cookiesThatARedirectSetsAreKeptForTheRequest() throws Exception {
    try (FakeSite site =
        FakeSite.of(v -> {
          if (v.headers().getOrDefault("cookie", "").contains("seen=yes")) {
            v.answer("HTTP/1.1 200 OK", new byte[0]);
          } else {
            v.answer(
                "HTTP/1.1 302 Found\r\nSet-Cookie: seen=yes; Path=/\r\nLocation: /", new byte[0]);
          }
        })) {
      Check.Http check = TestCheck.of(site.url("/")).build();
      assertThat(measure(check).hops()).hasSize(2);
      assertThat(measure(check).hops()).as("a request begins without cookies").hasSize(2);
    }
  }

  @Test
  void redirectIsTheAnswerWhereNoneIsFollowed() throws Exception {
    try (FakeSite site = FakeSite.of(v -> redirectOnce(v, 302, "/next"))) {
      Measurement measurement = measure(TestCheck.of(site.url("/")).redirects(0).build());
      assertThat(measurement.failure()).isNull();
      assertThat(measurement.last().status()).isEqualTo(302);
      assertThat(measurement.reply()).isNotNull();
    }
  }

  @Test
  void asManyRedirectsAsTheLimitAreFollowed() throws Exception {
    try (FakeSite site =
        FakeSite.of(v -> {
          int left = Integer.parseInt(v.path().substring(1));
          v.answer(
              left == 0 ? "HTTP/1.1 200 OK" : "HTTP/1.1 302 Found\r\nLocation: /" + (left - 1),
              new byte[0]);
        })) {
      assertThat(measure(TestCheck.of(site.url("/3")).redirects(3).build()).failure()).isNull();
      Measurement tooMany = measure(TestCheck.of(site.url("/4")).redirects(3).build());
      assertThat(tooMany.failure().errorClass()).isEqualTo(ErrorClass.TOO_MANY_REDIRECTS);
      assertThat(tooMany.hops()).hasSize(4);
    }
  }

  @Test
  void nameThatLeadsElsewhereOnTheNextHopIsAskedAboutAgain() throws Exception {
    var answers = new ArrayDeque<>(List.of("127.0.0.1", "169.254.169.254"));
    Resolver rebinding = host -> List.of(InetAddress.ofLiteral(answers.removeFirst()));
    try (FakeSite site = FakeSite.of(v -> redirectOnce(v, 302, "/next"));
        HttpProbe probe = TestProbes.http(rebinding, NetworkPolicies.parse("any"), false)) {
      Check.Http check = TestCheck.of("http://shop.test:%d/".formatted(site.port())).build();
      Measurement measurement = probe.request(check, System.nanoTime() + 30_000_000_000L);
      assertThat(measurement.failure().errorClass()).isEqualTo(ErrorClass.BLOCKED_ADDRESS);
      assertThat(site.visits()).hasSize(1);
    }
  }

  private static void redirectOnce(FakeSite.Visit visit, int status, String location)
      throws IOException {
    if (visit.path().equals("/")) {
      visit.answer("HTTP/1.1 %d Moved\r\nLocation: %s".formatted(status, location), new byte[0]);
    } else if (visit.requestLine().startsWith("HEAD")) {
      visit.send("HTTP/1.1 200 OK\r\n\r\n");
    } else {
      visit.answer("HTTP/1.1 200 OK", new byte[0]);
    }
  }

  private static Measurement measure(Check.Http check) {
    try (HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      return probe.request(check, System.nanoTime() + 30_000_000_000L);
    }
  }
}
