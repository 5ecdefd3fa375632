// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.kit.site.FakeSite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is told when a site goes down and comes back: a webhook, and a real Alertmanager. */
class CheckNoticesIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SECRET = "hook/secret+1";

  @TempDir Path folder;
  private final AtomicBoolean broken = new AtomicBoolean(true);

  @Test
  void aSignedWebhookIsToldWhenASiteGoesDownAndWhenItIsBack() throws Exception {
    try (FakeSite site = site();
        FakeSite hook = FakeSite.of(v -> v.answer("HTTP/1.1 204 No Content", new byte[0]));
        WeirProcess weir =
            weir(
                site,
                "webhook: '%s', secret: '${file:%s}'".formatted(hook.url("/weir"), secretFile()))) {
      Patience.until(LIMIT, weir.process()::lastOutput, () -> !hook.visits().isEmpty());
      broken.set(false);
      Patience.until(LIMIT, weir.process()::lastOutput, () -> hook.visits().size() >= 2);
      FakeSite.Visit opened = hook.visits().get(0);
      FakeSite.Visit closed = hook.visits().get(1);
      assertNotice(opened, "opened");
      assertNotice(closed, "closed");
      assertThat(json(opened).has("end")).isFalse();
      assertThat(Instant.parse(json(closed).get("end").asString()))
          .isAfter(Instant.parse(json(closed).get("start").asString()));
      assertThat(json(closed).get("start")).isEqualTo(json(opened).get("start"));
      assertThat(weir.process().output()).doesNotContain(SECRET);
    }
  }

  @Test
  void anAlertmanagerHasTheAlertWhileTheSiteIsDown() throws Exception {
    int port = RealProcess.freePort();
    Web alertmanager = new Web(port);
    try (FakeSite site = site();
        RealProcess process = alertmanager(port);
        WeirProcess weir = weir(site, "alertmanager: 'http://127.0.0.1:" + port + "'")) {
      Patience.until(LIMIT, process::lastOutput, () -> alertmanager.answers("/-/ready"));
      Patience.until(LIMIT, weir.process()::lastOutput, () -> alerts(alertmanager).size() == 1);
      JsonNode alert = alerts(alertmanager).get(0);
      assertThat(alert.get("labels").toString())
          .isEqualTo(
              "{\"alertname\":\"WeirSiteDown\",\"customer\":\"default\",\"region\":\"local\","
                  + "\"site\":\"shop\"}");
      assertThat(alert.get("annotations").get("summary").asString())
          .isEqualTo(site.url("/") + " is down");
      assertThat(alert.get("annotations").get("error_class").asString()).isEqualTo("reset");
      assertThat(alert.get("status").get("state").asString()).isEqualTo("active");
      assertThat(Instant.parse(alert.get("endsAt").asString()))
          .isAfter(Instant.parse(alert.get("startsAt").asString()));
      broken.set(false);
      Patience.until(LIMIT, weir.process()::lastOutput, () -> alerts(alertmanager).isEmpty());
    }
  }

  /** What its API takes: an array, each with text labels and moments of RFC 3339. */
  @Test
  void whatAnAlertmanagerIsSentIsOfItsApi() throws Exception {
    try (FakeSite site = site();
        FakeSite receiver = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", new byte[0]));
        WeirProcess weir = weir(site, "alertmanager: '" + receiver.url("/below") + "'")) {
      Patience.until(LIMIT, weir.process()::lastOutput, () -> !receiver.visits().isEmpty());
      broken.set(false);
      Patience.until(
          LIMIT, weir.process()::lastOutput, () -> !ends(receiver).isAfter(Instant.now()));
      for (FakeSite.Visit visit : receiver.visits()) {
        assertThat(visit.requestLine()).isEqualTo("POST /below/api/v2/alerts HTTP/1.1");
        assertThat(visit.headers().get("content-type")).startsWith("application/json");
        assertThat(json(visit).isArray()).isTrue();
        JsonNode alert = json(visit).get(0);
        assertThat(alert.propertyNames())
            .containsExactlyInAnyOrder("labels", "annotations", "startsAt", "endsAt");
        assertThat(alert.get("labels").values()).isNotEmpty().allMatch(JsonNode::isString);
        assertThat(alert.get("annotations").values()).isNotEmpty().allMatch(JsonNode::isString);
        assertThat(OffsetDateTime.parse(alert.get("startsAt").asString()))
            .isBefore(OffsetDateTime.parse(alert.get("endsAt").asString()));
      }
    }
  }

  private static Instant ends(FakeSite receiver) {
    return Instant.parse(json(receiver.visits().getLast()).get(0).get("endsAt").asString());
  }

  private static JsonNode alerts(Web alertmanager) {
    return JSON.readTree(alertmanager.get("/api/v2/alerts").body());
  }

  private void assertNotice(FakeSite.Visit visit, String kind) throws Exception {
    assertThat(visit.requestLine()).isEqualTo("POST /weir HTTP/1.1");
    JsonNode notice = json(visit);
    assertThat(notice.get("kind").asString()).isEqualTo(kind);
    assertThat(notice.get("site").asString()).isEqualTo("shop");
    assertThat(notice.get("customer").asString()).isEqualTo("default");
    assertThat(notice.get("error_class").asString()).isEqualTo("reset");
    assertThat(visit.headers()).containsEntry("weir-notice-id", notice.get("id").asString());
    String[] signature = visit.headers().get("weir-signature").split("[=,]");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((signature[1] + ".").getBytes(StandardCharsets.UTF_8));
    assertThat(List.of(signature))
        .isEqualTo(
            List.of("t", signature[1], "v1", HexFormat.of().formatHex(mac.doFinal(visit.body()))));
  }

  private static JsonNode json(FakeSite.Visit visit) {
    return JSON.readTree(visit.body());
  }

  private FakeSite site() throws Exception {
    return FakeSite.of(v -> {
      if (broken.get()) {
        v.reset();
      } else {
        v.answer("HTTP/1.1 200 OK", new byte[0]);
      }
    });
  }

  private Path secretFile() throws Exception {
    return Files.writeString(folder.resolve("hook-secret"), SECRET + "\n");
  }

  private WeirProcess weir(FakeSite site, String channel) throws Exception {
    Path sites =
        Files.writeString(
            folder.resolve("sites.yaml"),
            "sites: [{id: shop, endpoint: '%s', interval: 1s, requests: 1, confirm: 1}]"
                .formatted(site.url("/")));
    Path notices =
        Files.writeString(folder.resolve("notices.yaml"), "notices: [{" + channel + "}]");
    return WeirProcess.start(folder, "--sites.file=" + sites, "--notices.file=" + notices);
  }

  private RealProcess alertmanager(int port) throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            "{route: {receiver: nobody}, receivers: [{name: nobody}]}");
    return RealProcess.start(
        "alertmanager",
        folder.resolve("alertmanager.log"),
        List.of(
            RealClient.ALERTMANAGER.binary(),
            "--config.file=" + configuration,
            "--storage.path=" + folder.resolve("alertmanager"),
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + port));
  }
}
