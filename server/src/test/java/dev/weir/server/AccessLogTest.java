// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Response;
import dev.weir.server.logs.RecordedLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class AccessLogTest {

  private final Doorstep door = new Doorstep();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void writesOneLinePerRequestWithoutBodyQueryOrCredentials() throws Exception {
    door.post(
            "/write",
            request -> {
              try {
                request.body().readAllBytes();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return Response.text(200, "thanks");
            })
        .open();
    HttpResponse<String> answer =
        door.send(
            HttpRequest.newBuilder(door.uri("/write?token=secret-query"))
                .header("Authorization", "Basic secret-credentials")
                .POST(HttpRequest.BodyPublishers.ofString("secret-body")));
    // The line comes after the last byte; once drained, it is there.
    door.server().drain(Duration.ofSeconds(60));

    List<RecordedLogs.Line> lines = lines(answer);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().level()).isEqualTo(Level.DEBUG);
    assertThat(lines.getFirst().logger()).isEqualTo("dev.weir.server.access");
    assertThat(lines.getFirst().pairs())
        .contains(
            "method=POST",
            "path=/write",
            "status=200",
            "bytes_in=11",
            "bytes_out=7",
            "remote=127.0.0.1")
        .anyMatch(pair -> pair.startsWith("ms="))
        .noneMatch(pair -> pair.contains("secret"));
  }

  @Test
  void namesTheRequestWhereAHandlerFails() throws Exception {
    door.post(
            "/write",
            _ -> {
              throw new IllegalStateException("on purpose");
            })
        .open();
    HttpResponse<String> answer = door.send("/write", "x".getBytes(UTF_8));
    door.server().drain(Duration.ofSeconds(60));

    assertThat(lines(answer))
        .extracting(RecordedLogs.Line::message)
        .containsExactly("a handler failed", "request");
  }

  @Test
  void callsPathsThatNothingAnswersByOneName() throws Exception {
    door.open();
    HttpResponse<String> answer = door.fetch("/some/stranger's/path");
    door.server().drain(Duration.ofSeconds(60));
    assertThat(lines(answer).getFirst().pairs()).contains("path=other", "status=404");
    assertThat(lines(answer).getFirst().level()).isEqualTo(Level.INFO);
  }

  private static List<RecordedLogs.Line> lines(HttpResponse<String> answer) {
    String id = "request=" + answer.headers().firstValue("x-request-id").orElseThrow();
    return RecordedLogs.matching(line -> line.pairs().contains(id));
  }
}
