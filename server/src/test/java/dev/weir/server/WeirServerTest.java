// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.web.ServerConfigException;
import dev.weir.store.StoreHealth;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WeirServerTest {

  private final Doorstep door = new Doorstep();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void carriesRequestsToTheirHandler() throws Exception {
    AtomicBoolean virtual = new AtomicBoolean();
    door.post(
            "/write",
            request -> {
              virtual.set(Thread.currentThread().isVirtual());
              try {
                return Response.bytes(
                    202,
                    Headers.of("X-Seen", request.headers().first("X-Mine").orElse("")),
                    (request.method()
                            + request.path()
                            + "?"
                            + request.query()
                            + " "
                            + request.contentLength()
                            + " "
                            + new String(request.body().readAllBytes(), UTF_8))
                        .getBytes(UTF_8));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .open();

    HttpResponse<String> answer =
        door.send(
            HttpRequest.newBuilder(door.uri("/write?a=%20b"))
                .header("x-mine", "yes")
                .POST(HttpRequest.BodyPublishers.ofString("hello")));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("POST/write?a=%20b 5 hello");
    assertThat(answer.headers().firstValue("x-seen")).contains("yes");
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(25);
    assertThat(answer.headers().firstValue("server")).isEmpty();
    assertThat(virtual).isTrue();
  }

  @Test
  void tellsHandlersTheAddressOfTheSender() throws Exception {
    door.get(Door.CONSOLE, "/who", request -> Response.text(200, request.sender())).open();
    assertThat(door.fetch("/who").body()).isEqualTo("127.0.0.1\n");
  }

  @Test
  void bringsLargeBodiesByteForByte() throws Exception {
    byte[] body = new byte[3_000_001];
    new java.util.Random(7).nextBytes(body);
    AtomicReference<byte[]> seen = new AtomicReference<>();
    door.post(
            "/write",
            request -> {
              try {
                seen.set(request.body().readAllBytes());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              return Response.empty(204);
            })
        .open();

    assertThat(door.send("/write", body).statusCode()).isEqualTo(204);
    assertThat(Arrays.equals(seen.get(), body)).isTrue();
    HttpResponse<String> chunked =
        door.send(
            HttpRequest.newBuilder(door.uri("/write"))
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body))));
    assertThat(chunked.statusCode()).isEqualTo(204);
    assertThat(Arrays.equals(seen.get(), body)).isTrue();
  }

  @Test
  void answers404WhereNothingIsAndWhereADoorIsClosed() throws Exception {
    door.get(Door.TIMESTREAM, "/wire", _ -> Response.text(200, "closed")).open();

    assertThat(door.fetch("/nothing").statusCode()).isEqualTo(404);
    assertThat(door.fetch("/wire").statusCode()).isEqualTo(404);
  }

  @Test
  void givesATreeAllPathsBelowAndCountsThemAsOne() throws Exception {
    door.tree(Door.CONSOLE, "/tree", request -> Response.text(200, "tree " + request.path()))
        .get(Door.CONSOLE, "/tree/own", _ -> Response.text(200, "own"))
        .open();
    assertThat(door.fetch("/tree").body()).isEqualTo("tree /tree\n");
    assertThat(door.fetch("/tree/").body()).isEqualTo("tree /tree/\n");
    assertThat(door.fetch("/tree/a/b").body()).isEqualTo("tree /tree/a/b\n");
    assertThat(door.fetch("/tree/own").body()).isEqualTo("own\n");
    assertThat(door.fetch("/tree/own/x").body()).isEqualTo("tree /tree/own/x\n");
    assertThat(door.fetch("/trees").statusCode()).isEqualTo(404);
    assertThat(door.fetch("/metrics").body()).contains("\"/tree/*\"").doesNotContain("/tree/a");
  }

  @Test
  void answers405WithWhatIsAllowed() throws Exception {
    door.post("/write", _ -> Response.empty(204)).open();

    HttpResponse<String> answer = door.fetch("/write");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("POST");
    assertThat(door.send("/metrics", new byte[0]).headers().firstValue("allow"))
        .contains("GET, HEAD");
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    door.get(Door.CONSOLE, "/page", _ -> Response.text(200, "four")).open();

    HttpResponse<String> answer = door.send(HttpRequest.newBuilder(door.uri("/page")).HEAD());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(5);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void isHealthyAlwaysAndReadyWhenTheStoreIs() throws Exception {
    door.open();
    assertThat(door.fetch("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(door.fetch("/-/ready").statusCode()).isEqualTo(200);

    door.health.set(new StoreHealth.Health(false, "reopening"));
    assertThat(door.fetch("/-/healthy").statusCode()).isEqualTo(200);
    HttpResponse<String> answer = door.fetch("/-/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("Weir is not ready: reopening\n");
    assertThat(door.send("/-/healthy", new byte[0]).statusCode()).isEqualTo(405);
  }

  @Test
  void refusesAPortThatIsTakenInOneLine() {
    door.open();
    ServerOptions same = ServerOptions.on("127.0.0.1:" + door.port());
    assertThatThrownBy(() ->
            WeirServer.start(
                same,
                List.of(),
                () -> new StoreHealth.Health(true, ""),
                new WeirMetrics("test"),
                InstantSource.system()))
        .isInstanceOf(ServerConfigException.class)
        .hasMessageContaining("127.0.0.1:" + door.port())
        .hasMessageContaining("already in use");
  }
}
