// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS, by upgrade; over TLS see the tests there. */
class Http2Test {

  private final Doorstep door = new Doorstep();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  @BeforeEach
  void open() throws Exception {
    door.limits(Limits.standard().withBodyBytes(2_000_000))
        .post(
            "/write",
            request -> {
              try {
                int length = request.body().readAllBytes().length;
                return Response.text(200, length + " " + request.headers().all("Host"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .get(
            Door.PROMETHEUS,
            "/broken",
            _ ->
                Response.streamed(
                    200,
                    Headers.empty(),
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("broken on purpose");
                    }))
        .open();
    // The first request goes as HTTP/1.1 with an upgrade.
    assertThat(send("/-/healthy", null).version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  @AfterEach
  void close() {
    client.close();
    door.close();
  }

  @Test
  void carriesBodiesOverHttp2() throws Exception {
    HttpResponse<String> answer = send("/write", new byte[1_500_000]);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.body()).isEqualTo("1500000 [127.0.0.1:" + door.port() + "]\n");
  }

  @Test
  void refusesBodiesOverTheLimitAndGoesOn() throws Exception {
    assertThat(send("/write", new byte[2_000_001]).statusCode()).isEqualTo(413);
    assertThat(send("/write", new byte[10]).statusCode()).isEqualTo(200);
  }

  @Test
  void resetsTheStreamWhenAStreamedBodyFails() {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> send("/broken", null)))
        .isInstanceOf(IOException.class);
  }

  private HttpResponse<String> send(String path, byte @org.jspecify.annotations.Nullable [] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(door.uri(path));
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
