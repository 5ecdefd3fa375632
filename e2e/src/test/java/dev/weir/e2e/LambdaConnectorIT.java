// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import dev.weir.e2e.deployment.Stack;
import dev.weir.e2e.deployment.Template;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged function under Amazon's own runtime interface client, by the handler string of the
 * SAM template, with a Weir that stands for Timestream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LambdaConnectorIT {

  private static final String DATABASE = "prom";
  private static final String TABLE = "metrics";

  @TempDir private static Path folder;
  private LocalTimestream timestream;
  private LambdaRuntime ofRequest;
  private LambdaRuntime ofRole;

  @BeforeAll
  void start() {
    timestream = LocalTimestream.start(folder);
    timestream.createTable(DATABASE, TABLE);
    ofRequest = function(settings("false"), false);
    Map<String, String> role = settings("true");
    role.put("AWS_ACCESS_KEY_ID", LocalTimestream.OWNER.key());
    role.put("AWS_SECRET_ACCESS_KEY", LocalTimestream.OWNER.secret());
    ofRole = function(role, true);
  }

  @AfterAll
  void stop() {
    ofRole.close();
    ofRequest.close();
    timestream.close();
  }

  private LambdaRuntime function(Map<String, String> environment, boolean snapshot) {
    Stack stack = Template.in("serverless").stack(Map.of());
    return LambdaRuntime.start(
        folder, stack.code("Function"), stack.handler("Function"), environment, snapshot);
  }

  private Map<String, String> settings(String signedByTheRole) {
    Map<String, String> settings = new HashMap<>();
    settings.put("default_database", DATABASE);
    settings.put("default_table", TABLE);
    settings.put("region", "us-east-1");
    settings.put("enable_sigv4_auth", signedByTheRole);
    settings.put("max_write_retries", "2");
    settings.put("write_base_endpoint", timestream.endpoint());
    settings.put("query_base_endpoint", timestream.endpoint());
    return settings;
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "1.0"})
  void carriesSamplesThereAndBackByBothPayloadVersions(String version) {
    long now = System.currentTimeMillis();
    String metric = "lambda_" + version.charAt(0);
    Map<String, String> labels = Map.of("__name__", metric, "job", "node");
    SampleRead sample = SampleRead.of(now, 0.1 + 0.2);
    assertThat(write(ofRequest, version, labels, sample)).contains("\"statusCode\":204");

    String read =
        ofRequest.answer(
            GatewayEvents.event(
                version,
                "read",
                ReadQuery.request(ReadQuery.around(now).equal("__name__", metric)),
                LocalTimestream.OWNER.headers()));
    assertThat(read).contains("\"statusCode\":200", "application/x-protobuf");
    assertThat(ReadAnswer.of(GatewayEvents.body(read)).only())
        .containsExactly(new SeriesRead(labels, List.of(sample)));
  }

  @Test
  void signsWithItsRoleAfterASnapshot() {
    long now = System.currentTimeMillis();
    String answer =
        ofRole.answer(
            GatewayEvents.event("2.0", "write", request(Map.of("__name__", "by_role"), now, 1)));
    assertThat(answer).contains("\"statusCode\":204");
  }

  @Test
  void keepsTheSendersDataWhereKeysAreWrong() {
    String answer =
        ofRequest.answer(
            GatewayEvents.event(
                "2.0",
                "write",
                request(Map.of("__name__", "wrong_keys"), System.currentTimeMillis(), 1),
                RemoteClient.basic("AKIDOWNER", "guessed")));
    assertThat(answer).contains("\"statusCode\":503", "\"Retry-After\":");
    assertThat(ofRequest.log()).contains("503").doesNotContain("guessed");
  }

  @Test
  void asksForTheHeadersThatTheAwsConnectorAsksFor() {
    byte[] body = request(Map.of("__name__", "no_headers"), System.currentTimeMillis(), 1);
    assertThat(ofRequest.answer(GatewayEvents.event("2.0", "write", body)))
        .contains("\"statusCode\":401");
    assertThat(
            ofRequest.answer(
                GatewayEvents.event("2.0", "write", body)
                    .replace("x-prometheus-remote-write-version", "x-none")))
        .contains("\"statusCode\":400");
  }

  /** Nobody but an operator can have made these: the gateway itself packs what senders send. */
  @Test
  void keepsTheSendersDataWhereTheGatewayIsSetUpWrongly() {
    assertThat(ofRequest.answer("{\"Records\": []}")).contains("\"statusCode\":503");
    assertThat(ofRequest.answer("null")).contains("\"statusCode\":503");
    assertThat(
            ofRequest.answer(
                GatewayEvents.event("2.0", "write", new byte[0], LocalTimestream.OWNER.headers())
                    .replace("\"body\": \"\"", "\"body\": \"%%\"")))
        .contains("\"statusCode\":503", "\"Retry-After\":");
    assertThat(ofRequest.log()).contains("the body is not base64; for a REST API add");
  }

  @Test
  void knowsTheTwoPathsAlone() {
    assertThat(ofRequest.answer(GatewayEvents.event("2.0", "elsewhere", new byte[0])))
        .contains("\"statusCode\":404");
  }

  @Test
  void keepsTheSendersDataWhileAVariableIsMissing() {
    Map<String, String> without = settings("false");
    without.remove("default_table");
    try (LambdaRuntime function = function(without, false)) {
      assertThat(
              function.answer(
                  GatewayEvents.event(
                      "2.0",
                      "write",
                      request(Map.of("__name__", "unset"), System.currentTimeMillis(), 1),
                      LocalTimestream.OWNER.headers())))
          .contains("\"statusCode\":503");
      assertThat(function.log()).contains("default_table");
    }
  }

  private static String write(
      LambdaRuntime function, String version, Map<String, String> labels, SampleRead sample) {
    byte[] body = new WireWriter().series(labels, sample).compressed();
    return function.answer(
        GatewayEvents.event(version, "write", body, LocalTimestream.OWNER.headers()));
  }

  private static byte[] request(Map<String, String> labels, long timeMillis, double value) {
    return new WireWriter().series(labels, SampleRead.of(timeMillis, value)).compressed();
  }
}
