// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.exchange.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {

  private final Doorstep door = new Doorstep();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);

  @AfterEach
  void close() {
    leave.countDown();
    door.close();
  }

  @Test
  void finishesWhatIsInFlightAndLetsNothingNewIn() throws Exception {
    openWithASlowHandler();
    try (RawConnection working = door.raw();
        RawConnection idle = door.raw()) {
      idle.send("GET /-/healthy HTTP/1.1\nHost: localhost\n\n");
      assertThat(idle.readHead()).startsWith("HTTP/1.1 200");
      working.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 5\n\n");
      entered.await();

      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> door.server().drain(Duration.ofSeconds(60)));
      assertThatThrownBy(this::connectUntilRefused).isInstanceOf(IOException.class);
      leave.countDown();
      // Longer than Jetty would bear by itself.
      LockSupport.parkNanos(Duration.ofMillis(1_300).toNanos());
      working.send("hello".getBytes(UTF_8));

      assertThat(working.readToEnd())
          .startsWith("HTTP/1.1 200")
          .contains("Connection: close")
          .endsWith("done 5\n");
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void givesUpOnARequestThatTakesTooLong() throws Exception {
    openWithASlowHandler();
    try (RawConnection working = door.raw()) {
      working.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      entered.await();

      assertThat(door.server().drain(Duration.ofMillis(50))).isFalse();
      assertThat(working.readToEnd()).doesNotContain("done");
    }
  }

  @Test
  void goesDownAtOnceWhenNothingIsInFlight() {
    door.open();
    assertThat(door.server().drain(Duration.ofSeconds(60))).isTrue();
  }

  private void openWithASlowHandler() {
    door.post(
            "/write",
            request -> {
              entered.countDown();
              try {
                leave.await();
                return Response.text(200, "done " + request.body().readAllBytes().length);
              } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .open();
  }

  /** The listening socket is closed by another thread, soon. */
  private void connectUntilRefused() throws IOException {
    int port = door.port();
    for (int i = 0; i < 100_000; i++) {
      new RawConnection(port).close();
      LockSupport.parkNanos(
          1_000_000); // Neither the other thread's time nor all ports are used up.
    }
  }
}
