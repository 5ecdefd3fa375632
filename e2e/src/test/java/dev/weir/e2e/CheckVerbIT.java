// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.kit.identity.TestIdentity;
import dev.weir.store.kit.site.ClosedPort;
import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code weir check} as the program that is shipped, against sites of this machine. */
class CheckVerbIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @TempDir private Path folder;

  @Test
  void showsASiteThatIsUpInAscii() throws IOException {
    try (FakeSite site = FakeSite.answering(OK)) {
      QueryProgram.Ended ended = check(0, site.url("/"), "--contains=hello");
      assertThat(ended.output())
          .isASCII()
          .startsWith(site.url("/") + " is up: status 200 in ")
          .containsPattern("\n    connect +[0-9.]+ ms  #+\n    tls +-\n")
          .containsPattern("\n    wait +[0-9.]+ ms +#+\n")
          .contains("\n  address      127.0.0.1\n  protocol     HTTP/1.1\n")
          .doesNotContain("\u001b");
      assertThat(site.visits()).hasSize(1);
    }
  }

  @Test
  void tellsAllOfItAsJson() throws IOException {
    try (FakeSite site = FakeSite.answering(OK)) {
      JsonNode json = json(0, site.url("/"), "--requests=3");
      assertThat(json.propertyNames())
          .containsExactly(
              "url",
              "up",
              "status",
              "error_class",
              "error",
              "headers_s",
              "total_s",
              "phases_s",
              "cert_days",
              "address",
              "http_version",
              "tls_version",
              "hops",
              "requests");
      assertThat(json.get("phases_s").propertyNames())
          .containsExactly("dns", "connect", "tls", "send", "wait", "body");
      assertThat(json.get("up").booleanValue()).isTrue();
      assertThat(json.get("status").intValue()).isEqualTo(200);
      assertThat(json.get("error_class").stringValue()).isEqualTo("none");
      assertThat(json.get("error").isNull()).isTrue();
      assertThat(json.get("cert_days").isNull()).isTrue();
      assertThat(json.get("phases_s").get("tls").isNull()).isTrue();
      assertThat(json.get("address").stringValue()).isEqualTo("127.0.0.1");
      assertThat(json.get("http_version").stringValue()).isEqualTo("HTTP/1.1");
      assertThat(json.get("hops")).hasSize(1);
      assertThat(json.get("requests")).hasSize(3);
      assertThat(site.connections()).isEqualTo(3);
    }
  }

  @Test
  void measuresWhatASiteTakes() throws IOException {
    try (FakeSite site =
        FakeSite.of(visit -> {
          Patience.pause(100);
          visit.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
          Patience.pause(50);
          visit.send("hello");
        })) {
      JsonNode json = json(0, site.url("/"));
      double waited = json.get("phases_s").get("wait").doubleValue();
      double body = json.get("phases_s").get("body").doubleValue();
      // On a machine with other work the head may be seen late, and then the body takes less.
      assertThat(waited).isGreaterThan(0.099);
      assertThat(waited + body).isGreaterThan(0.149);
      assertThat(json.get("headers_s").doubleValue())
          .isGreaterThan(0.099)
          .isLessThan(json.get("total_s").doubleValue());
    }
  }

  @Test
  void tellsAClosedPort() throws IOException {
    try (ClosedPort closed = new ClosedPort()) {
      JsonNode json = json(1, "http://127.0.0.1:%d/".formatted(closed.number()));
      assertThat(json.get("error_class").stringValue()).isEqualTo("connect_refused");
      assertThat(json.get("status").isNull()).isTrue();
      assertThat(json.get("headers_s").isNull()).isTrue();
      assertThat(json.get("phases_s").get("wait").isNull()).isTrue();
    }
  }

  @Test
  void judgesCertificates() throws IOException {
    TestIdentity authority = TestIdentity.authority("Check authority");
    Path ca = authority.writeCertificate(folder.resolve("ca.pem"));
    Instant now = Instant.now();
    TestIdentity good = authority.sign("good");
    TestIdentity old =
        authority.sign(
            TestIdentity.Request.of("old", false)
                .valid(now.minusSeconds(9 * 86_400), now.minusSeconds(86_400 / 2)));
    TestIdentity other =
        authority.sign(TestIdentity.Request.of("other", false).only("other.example"));
    try (FakeSite site = FakeSite.encrypted(good.server(authority), visit -> visit.send(OK))) {
      JsonNode up = json(0, site.url("/"), "--ca=" + ca);
      assertThat(up.get("tls_version").stringValue()).isEqualTo("TLSv1.3");
      assertThat(up.get("cert_days").intValue()).isZero();
      assertThat(up.get("phases_s").get("tls").doubleValue()).isPositive();
      assertThat(check(0, site.url("/").substring("https://".length()), "--ca=ca.pem").output())
          .contains("https:// was taken")
          .contains("\n  certificate  CN=good\n  issuer       CN=Check authority\n");
      assertThat(errorClass(site.url("").replace("https:", "tls:"))).isEqualTo("tls_untrusted");
    }
    try (FakeSite site = FakeSite.encrypted(old.server(authority), visit -> visit.send(OK))) {
      JsonNode down = json(1, site.url("/"), "--ca=" + ca);
      assertThat(down.get("error_class").stringValue()).isEqualTo("tls_expired");
      assertThat(down.get("cert_days").intValue()).isEqualTo(-1);
    }
    try (FakeSite site = FakeSite.encrypted(other.server(authority), visit -> visit.send(OK))) {
      assertThat(errorClass(site.url("/"), "--ca=" + ca)).isEqualTo("tls_hostname");
    }
  }

  @Test
  void followsRedirectsAndKeepsTheirHopsApart() throws IOException {
    try (FakeSite last = FakeSite.answering(OK);
        FakeSite first =
            FakeSite.of(visit -> visit.answer(redirect(visit.path(), last), new byte[0]))) {
      JsonNode json = json(0, first.url("/a"));
      assertThat(json.get("hops").valueStream().map(hop -> hop.get("url").stringValue()))
          .containsExactly(first.url("/a"), first.url("/b"), last.url("/"));
      assertThat(json.get("hops").valueStream().map(hop -> hop.get("status").intValue()))
          .containsExactly(301, 302, 200);
      double hops =
          json.get("hops").valueStream().mapToDouble(hop -> hop.get("total_s").doubleValue()).sum();
      assertThat(json.get("total_s").doubleValue()).isGreaterThanOrEqualTo(hops);
      assertThat(json.get("headers_s").doubleValue()).isLessThan(hops);
    }
  }

  private static String redirect(String path, FakeSite last) {
    return path.equals("/a")
        ? "HTTP/1.1 301 Moved\r\nLocation: /b"
        : "HTTP/1.1 302 Found\r\nLocation: " + last.url("/");
  }

  @Test
  void givesUpAfterTheTimeout() throws IOException {
    try (FakeSite site = FakeSite.of(FakeSite.Visit::awaitClosed)) {
      JsonNode json = json(1, site.url("/"), "--timeout=300ms");
      assertThat(json.get("error_class").stringValue()).isEqualTo("timeout");
      assertThat(json.get("status").isNull()).isTrue();
      assertThat(json.get("total_s").doubleValue()).isBetween(0.299, 5.0);
    }
  }

  @Test
  void connectsWhereItMayAlone() throws IOException {
    try (FakeSite inside = FakeSite.answering(OK);
        FakeSite redirecting =
            FakeSite.answering(
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n"
                    + "Content-Length: 0\r\n\r\n")) {
      assertThat(errorClass(inside.url("/"), "--allow=192.0.2.0/24")).isEqualTo("blocked_address");
      assertThat(inside.visits()).isEmpty();
      assertThat(errorClass(redirecting.url("/"))).isEqualTo("blocked_address");
      json(0, inside.url("/"), "--allow=192.0.2.0/24,127.0.0.0/8");
    }
  }

  @Test
  void sendsWhatItIsToldAndShowsNoSecret() throws IOException {
    Files.writeString(folder.resolve("token"), "hunter2\n");
    try (FakeSite site = FakeSite.of(visit -> visit.send("HTTP/1.1 401 No\r\n\r\nno"))) {
      QueryProgram.Ended ended =
          check(
              1,
              site.url("/"),
              "--bearer=${file:token}",
              "--header=X-Key: hunter2",
              "--body=hunter2",
              "--method=PATCH");
      assertThat(ended.output()).contains("the status is 401").doesNotContain("hunter2");
      FakeSite.Visit visit = site.visits().getFirst();
      assertThat(visit.requestLine()).isEqualTo("PATCH / HTTP/1.1");
      assertThat(visit.headers())
          .containsEntry("authorization", "Bearer hunter2")
          .containsEntry("x-key", "hunter2");
      assertThat(new String(visit.body(), StandardCharsets.UTF_8)).isEqualTo("hunter2");
    }
  }

  @Test
  void exits2WithOneLineForWhatCanNotBeChecked() {
    for (List<String> words :
        List.of(
            List.of("http://127.0.0.1/", "--timeot=1s"),
            List.of("https://127.0.0.1/", "--ca=nowhere.pem"))) {
      QueryProgram.Ended ended = check(2, words.toArray(String[]::new));
      assertThat(ended.output()).isEmpty();
      assertThat(ended.error()).startsWith("weir: ").doesNotContain("hunter2");
      assertThat(ended.error().lines()).as("%s", words).hasSize(1);
    }
  }

  private String errorClass(String... words) {
    return json(1, words).get("error_class").stringValue();
  }

  private JsonNode json(int status, String... words) {
    String[] all = new String[words.length + 1];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--json";
    return WireApi.JSON.readTree(check(status, all).output());
  }

  private QueryProgram.Ended check(int status, String... words) {
    QueryProgram.Ended ended = QueryProgram.runVerb(folder, "check", words);
    assertThat(ended.status())
        .as("%s%n%s%n%s", List.of(words), ended.output(), ended.error())
        .isEqualTo(status);
    if (status != 2) {
      assertThat(ended.error()).isEmpty();
    }
    return ended;
  }
}
