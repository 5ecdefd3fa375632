// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.metrics.StoreFigures;
import dev.weir.store.StoreHealth;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleDoorTest {

  private final Doorstep door = new Doorstep();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void showsDoorsCountsAndWhatToPutIntoPrometheus() throws Exception {
    door.metrics.watchStore(() -> new StoreFigures(20_000, 3 << 20, 1 << 20, 0));
    door.metrics.samplesStored(1_234_567, 0);
    door.open();

    HttpResponse<String> page = door.fetch("/about");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("1,234,567", "20,000", "4.0 MiB")
        .contains("  - url: http://127.0.0.1:" + door.port() + "/api/v1/write")
        .contains("  - url: http://127.0.0.1:" + door.port() + "/api/v1/read")
        .contains("GET http://127.0.0.1:" + door.port() + "/metrics")
        .doesNotContain("{{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "style"})
  void letsTheBrowserRunNothingButItsOwn(String kind) throws Exception {
    door.open();
    HttpResponse<String> page = door.fetch("/about");
    String policy = page.headers().firstValue("content-security-policy").orElseThrow();
    Matcher inline =
        Pattern.compile("<" + kind + ">(.*?)</" + kind + ">", Pattern.DOTALL).matcher(page.body());
    assertThat(inline.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(inline.group(1).getBytes(StandardCharsets.UTF_8));

    assertThat(policy)
        .startsWith("default-src 'none';")
        .contains(kind + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(page.body()).doesNotContain("src=\"http", "style=\"", "onclick");
  }

  @Test
  void givesItsFiguresAsJson() throws Exception {
    door.metrics.watchStore(() -> new StoreFigures(7, 100, 20, 3));
    door.metrics.samplesStored(1_000, 0);
    door.metrics.samplesRejected("too_old", 5);
    door.health.set(new StoreHealth.Health(false, "disk \"full\"\n"));
    door.open();
    door.fetch("/api/v1/weir/overview");
    door.metrics.samplesStored(5_000, 0);
    door.clock.updateAndGet(now -> now.plusSeconds(10));

    HttpResponse<String> answer = door.fetch("/api/v1/weir/overview");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"version\":\"test\",\"ready\":false,\"message\":\"disk \\\"full\\\"\\u000a\","
                + "\"uptimeMillis\":10000,\"samplesStored\":6000,\"samplesPerSecond\":500,"
                + "\"samplesRejected\":5,\"requests\":1,\"series\":7,\"storeBytes\":120,"
                + "\"queuedPoints\":3}");
  }

  @Test
  void writesNothingThatAMessageCouldTurnIntoMarkup() throws Exception {
    door.health.set(new StoreHealth.Health(false, "<script>x</script>"));
    door.open();
    assertThat(door.fetch("/about").body())
        .contains("Not ready: &lt;script&gt;x&lt;/script&gt;")
        .doesNotContain("<script>x");
  }

  @Test
  void isGoneWhereTheDoorIsClosed() throws Exception {
    door.with(ServerOptions.on("127.0.0.1:0").withDoors(Set.of(Door.PROMETHEUS))).open();
    assertThat(door.fetch("/about").statusCode()).isEqualTo(404);
    assertThat(door.fetch("/api/v1/weir/overview").statusCode()).isEqualTo(404);
  }

  @Test
  void saysHowToOpenThePrometheusDoor() throws Exception {
    door.with(ServerOptions.on("127.0.0.1:0").withDoors(Set.of(Door.CONSOLE))).open();
    assertThat(door.fetch("/about").body())
        .contains("--doors=prometheus,console")
        .doesNotContain(">Metrics<");
    assertThat(door.fetch("/metrics").statusCode()).isEqualTo(404);
  }
}
