// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.CheckFlags;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.StatusRange;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedCheckTest {

  private static final String SECRET = "hunter2-$%\"\\";

  @TempDir private Path folder;

  @Test
  void withoutFlagsItIsOneRequestThatWantsA2xx() {
    WantedCheck wanted = wanted("https://example.com/a?b=c");
    Check.Http http = (Check.Http) wanted.site().check();
    assertThat(http.uri()).hasToString("https://example.com/a?b=c");
    assertThat(http.method()).isEqualTo("GET");
    assertThat(http.timeouts().total()).isEqualTo(Duration.ofSeconds(30));
    assertThat(http.bodyLimitBytes()).isEqualTo(1 << 20);
    assertThat(wanted.site().sampling()).isEqualTo(Sampling.ONE);
    assertThat(wanted.site().expectations().statuses()).containsExactly(new StatusRange(200, 299));
    assertThat(wanted.policy().allows(InetAddress.ofLiteral("10.0.0.1"))).isTrue();
    assertThat(wanted.policy().allows(InetAddress.ofLiteral("169.254.169.254"))).isFalse();
    assertThat(wanted.schemeGiven()).isTrue();
  }

  @Test
  void theDefaultsOfTheHelpAreThoseOfSites() {
    Check.Http plain = (Check.Http) wanted("https://example.com").site().check();
    Check.Http spelledOut =
        (Check.Http)
            wanted(
                    "https://example.com",
                    "--timeout=" + CheckFlags.TIMEOUT.defaultText(),
                    "--max-body=" + CheckFlags.MAX_BODY.defaultText())
                .site()
                .check();
    assertThat(spelledOut).isEqualTo(plain);
  }

  @Test
  void everyFlagArrives() throws IOException {
    Files.writeString(folder.resolve("ca.pem"), "authorities\n");
    Files.writeString(folder.resolve("client.pem"), "certificate\n");
    Path key = Files.writeString(folder.resolve("client.key"), "key\n");
    WantedCheck wanted =
        wanted(
            "https://example.com",
            "--requests=7",
            "--timeout=1.5s",
            "--method=put",
            "--header=Accept: text/html, */*",
            "--header",
            "X-Two:2",
            "--body={\"a\": 1}",
            "--ca=ca.pem",
            "--client-cert=${file:client.pem}",
            "--client-key=" + key,
            "--contains=Wel\"come",
            "--status=200,301-302",
            "--max-body=64KiB",
            "--allow=10.0.0.0/8",
            "--allow=169.254.169.254,127.0.0.1");
    Check.Http http = (Check.Http) wanted.site().check();
    assertThat(wanted.site().sampling().requests()).isEqualTo(7);
    assertThat(http.timeouts().total()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(http.method()).isEqualTo("PUT");
    assertThat(http.headers().keySet()).containsExactlyInAnyOrder("Accept", "X-Two");
    assertThat(wanted.secrets().reveal(http.headers().get("Accept"))).isEqualTo("text/html, */*");
    assertThat(wanted.secrets().reveal(http.headers().get("X-Two"))).isEqualTo("2");
    assertThat(wanted.secrets().reveal(http.body().orElseThrow())).isEqualTo("{\"a\": 1}");
    TlsSettings tls = http.tls();
    assertThat(wanted.secrets().reveal(tls.authority().orElseThrow())).isEqualTo("authorities");
    assertThat(tls.certificate().orElseThrow().reference()).isEqualTo("${file:client.pem}");
    assertThat(tls.key().orElseThrow().reference()).isEqualTo("${file:" + key + "}");
    assertThat(wanted.site().expectations().body())
        .containsExactly(new BodyRule.Contains("Wel\"come", true));
    assertThat(wanted.site().expectations().statuses())
        .containsExactly(new StatusRange(200, 200), new StatusRange(301, 302));
    assertThat(http.bodyLimitBytes()).isEqualTo(64 << 10);
    assertThat(wanted.policy().allows(InetAddress.ofLiteral("10.9.9.9"))).isTrue();
    assertThat(wanted.policy().allows(InetAddress.ofLiteral("169.254.169.254"))).isTrue();
    assertThat(wanted.policy().allows(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
  }

  @Test
  void aBodyIsPostedUnlessAMethodIsGiven() {
    assertThat(((Check.Http) wanted("https://e.com", "--body=x").site().check()).method())
        .isEqualTo("POST");
    refused(
        "--body: is not sent with GET: write method: POST",
        "https://e.com",
        "--body=x",
        "--method=GET");
  }

  @Test
  void secretsAreTakenWrittenOutOrByReferenceAndNeverShown() throws IOException {
    Files.writeString(folder.resolve("word"), SECRET + "\n");
    for (String word : List.of(SECRET, "${env:WORD}", "${file:word}")) {
      WantedCheck basic = wanted("https://e.com", "--basic=me:" + word);
      Credentials.Basic credentials =
          (Credentials.Basic) ((Check.Http) basic.site().check()).credentials().orElseThrow();
      assertThat(basic.secrets().reveal(credentials.user())).isEqualTo("me");
      assertThat(basic.secrets().reveal(credentials.password())).isEqualTo(SECRET);
      WantedCheck bearer = wanted("https://e.com", "--bearer=" + word);
      Credentials.Bearer token =
          (Credentials.Bearer) ((Check.Http) bearer.site().check()).credentials().orElseThrow();
      assertThat(bearer.secrets().reveal(token.token())).isEqualTo(SECRET);
      WantedCheck header = wanted("https://e.com", "--header=Cookie: a=" + word);
      Check.Http http = (Check.Http) header.site().check();
      assertThat(header.secrets().reveal(http.headers().get("Cookie"))).isEqualTo("a=" + SECRET);
      for (WantedCheck each : List.of(basic, bearer, header)) {
        assertThat(each.toString()).doesNotContain("hunter2");
      }
    }
    WantedCheck both = wanted("https://e.com", "--basic=${env:WORD}:${env:WORD}");
    Credentials.Basic credentials =
        (Credentials.Basic) ((Check.Http) both.site().check()).credentials().orElseThrow();
    assertThat(both.secrets().reveal(credentials.user())).isEqualTo(SECRET);
    assertThat(both.secrets().reveal(credentials.password())).isEqualTo(SECRET);
  }

  @Test
  void complaintsNameTheFlagAndNoSecret() {
    refused("--bearer: a reference that begins", "https://e.com", "--bearer=${hunter2");
    refused("--bearer: a reference is ${env:NAME} or", "https://e.com", "--bearer=${hunter2}");
    refused("--basic: is USER:PASSWORD", "https://e.com", "--basic=hunter2");
    refused("--header: a header is 'NAME: VALUE'", "https://e.com", "--header=hunter2");
    refused(
        "--header: the header cookie is there twice",
        "https://e.com",
        "--header=Cookie: hunter2",
        "--header=cookie: hunter2");
    refused(
        "--header: has Authorization beside basic or bearer",
        "https://e.com",
        "--header=Authorization: hunter2",
        "--bearer=a");
    refused("the URL has a user or password in it; --basic", "https://me:hunter2@e.com/");
    refused("the URL has a user or password in it; --basic", "me:hunter2@e.com");
  }

  @Test
  void whatIsWrongForASiteIsWrongHere() {
    refused("--timeout: 1ms to 5m, not 6m", "https://e.com", "--timeout=6m");
    refused("--method: is a method such as GET", "https://e.com", "--method=G E T");
    refused("--status: is a status such as 200", "https://e.com", "--status=200,2xx");
    refused("--max-body: 1 byte to 16MiB, not 17MiB", "https://e.com", "--max-body=17MiB");
    refused("--requests: \"101\" is not a whole number", "https://e.com", "--requests=101");
    refused("--client-key: stands alone", "https://e.com", "--client-key=k");
    refused("--allow: \"10.0\" is no network policy: '10.0'", "https://e.com", "--allow=10.0");
    refused("the URL has the scheme ftp", "ftp://e.com");
    refused("the URL needs a port", "tcp://e.com");
    refused("the URL 'e com' is neither a host name nor an address", "e com");
    refused(
        "--header, --body: is not for endpoints of tcp://",
        "tcp://e.com:1",
        "--body=x",
        "--header=a: b");
    refused("--ca: is not for endpoints of dns://", "dns://e.com", "--ca=x.pem");
    refused("--contains: is for http:// and https:// endpoints", "tls://e.com", "--contains=x");
    refused("--status: is for http:// and https:// endpoints", "tls://e.com", "--status=200");
  }

  @Test
  void aUrlWithoutASchemeIsHttps() {
    WantedCheck wanted = wanted("localhost:8443/x");
    assertThat(wanted.url()).isEqualTo("https://localhost:8443/x");
    assertThat(wanted.schemeGiven()).isFalse();
    assertThat(((Check.Http) wanted.site().check()).uri()).hasToString("https://localhost:8443/x");
  }

  @Test
  void otherProtocolsAreChecksToo() {
    assertThat(wanted("tcp://e.com:25").site().check()).isInstanceOf(Check.Tcp.class);
    assertThat(wanted("tls://e.com", "--timeout=2s").site().check()).isInstanceOf(Check.Tls.class);
    assertThat(wanted("dns://e.com").site().check()).isInstanceOf(Check.Dns.class);
  }

  private void refused(String message, String url, String... flags) {
    assertThatThrownBy(() -> wanted(url, flags))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("hunter2");
  }

  private WantedCheck wanted(String url, String... flags) {
    Map<String, String> environment = Map.of("WORD", SECRET);
    Arguments arguments = Arguments.split(List.of(flags), CheckFlags.ALL);
    Settings settings =
        Settings.read(CheckFlags.ALL, CheckFlags.ALL, arguments, environment, folder);
    return WantedCheck.of(url, settings, environment, folder);
  }
}
