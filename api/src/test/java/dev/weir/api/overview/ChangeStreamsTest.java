// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import static dev.weir.api.overview.WatchedSites.ACME;
import static dev.weir.api.overview.WatchedSites.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.call.Caller;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class ChangeStreamsTest {

  private static final String SITES =
      """
      sites:
        - {id: shop, endpoint: 'https://shop.example/', interval: 1m}
        - {id: mail, customer: acme, endpoint: 'tcp://mail.example:25', interval: 1m}
      """;

  private final WatchedSites sites = new WatchedSites(SITES);
  private final List<Reader> readers = new ArrayList<>();

  /** Reads a stream on a thread of its own, line by line as they are flushed. */
  private final class Reader {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean gone;

    private Reader(Response response) {
      OutputStream out =
          new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public void write(int b) {
              line.write(b);
            }

            @Override
            public void flush() throws IOException {
              if (gone) {
                throw new IOException("the receiver is gone");
              }
              lines.add(line.toString(StandardCharsets.UTF_8));
              line.reset();
            }
          };
      thread =
          Thread.startVirtualThread(() -> {
            try {
              response.body().writeTo(out);
            } catch (IOException e) {
              lines.add("failed: " + e.getMessage());
            }
          });
      readers.add(this);
    }

    private String next() throws InterruptedException {
      return lines.take();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    sites.overview.endStreams();
    for (Reader reader : readers) {
      reader.thread.join();
    }
  }

  @Test
  void tellsWhatChangesTogether() throws Exception {
    sites.page("", ALL);
    Reader reader = read("", ALL);
    assertThat(reader.next()).isEqualTo("{\"now_ms\":%d}\n".formatted(sites.clock.millis()));

    sites.up("default/shop", 40);
    sites.down("acme/mail", "it was reset");
    sites.overview.show();
    assertThat(reader.next())
        .contains("\"id\":\"shop\"", "\"state\":\"up\"", "\"id\":\"mail\"", "\"state\":\"down\"")
        .endsWith("}\n");
    sites.up("default/shop", 40);
    sites.overview.show();
    sites.advance(Duration.ofMinutes(1));
    sites.up("default/shop", 40);
    sites.overview.show();
    assertThat(reader.next())
        .as("the run that was known already changed nothing")
        .contains("\"letters\":\"uu\"")
        .doesNotContain("mail");
  }

  @Test
  void tellsWhatTheApiAndTheTimeChange() throws Exception {
    sites.page("", ALL);
    Reader reader = read("", ALL);
    reader.next();
    sites.apply(
        """
        sites:
          - id: shop
            endpoint: https://new.example/
            maintenance: [{start: 2026-03-10T12:31:00Z, end: 2026-03-10T12:40:00Z}]
          - {id: blog, endpoint: 'https://blog.example/', enabled: false}
        """);
    List<String> told = new ArrayList<>();
    sites.overview.show();
    while (!(String.join("", told).contains("\"id\":\"blog\"")
        && String.join("", told).contains("removed"))) {
      told.add(reader.next());
    }
    assertThat(String.join("", told))
        .contains("https://new.example/", "\"state\":\"unknown\"", "\"state\":\"disabled\"")
        .contains("\"removed\":[{\"customer\":\"acme\",\"id\":\"mail\"}]");

    sites.advance(Duration.ofMinutes(1));
    sites.overview.show();
    assertThat(reader.next())
        .contains("\"id\":\"shop\"", "\"state\":\"maintenance\"")
        .doesNotContain("blog");
  }

  @Test
  void tellsNothingOfForeignCustomers() throws Exception {
    sites.page("", ALL);
    Reader reader = read("since=0", ACME);
    assertThat(reader.next()).contains("mail").doesNotContain("shop", "default");
    sites.up("default/shop", 40);
    sites.overview.show();
    assertThat(reader.next()).isEqualTo("{\"now_ms\":%d}\n".formatted(sites.clock.millis()));
    sites.apply("sites: [{id: mail, customer: acme, endpoint: 'tcp://mail.example:25'}]");
    sites.advance(Duration.ofMinutes(1));
    sites.up("acme/mail", 3);
    sites.overview.show();
    String told = "";
    while (!told.contains("\"letters\":\"u\"")) {
      told = reader.next();
      assertThat(told).doesNotContain("shop", "default", "removed");
    }
  }

  @Test
  void beginsWithWhatChangedSinceAnAnswer() throws Exception {
    sites.page("", ALL);
    sites.advance(Duration.ofSeconds(10));
    long since = sites.clock.millis();
    sites.up("default/shop", 40);
    sites.overview.show();
    sites.apply("sites: [{id: shop, endpoint: 'https://shop.example/', interval: 1m}]");

    assertThat(read("since=" + since, ALL).next())
        .contains("\"id\":\"shop\"", "\"removed\":[{\"customer\":\"acme\",\"id\":\"mail\"}]");
    assertThat(read("since=" + (since + 1), ALL).next())
        .isEqualTo("{\"now_ms\":%d}\n".formatted(sites.clock.millis()));
  }

  @Test
  void endsAfterAWhileAndWhenWeirStops() throws Exception {
    sites.page("", ALL);
    Reader early = read("", ALL);
    early.next();
    sites.advance(ChangeStream.LENGTH);
    sites.up("default/shop", 40);
    sites.overview.show();
    early.thread.join(); // With the change as its last line, or before it.

    Reader late = read("", ALL);
    late.next();
    sites.overview.endStreams();
    late.thread.join();
    assertThat(sites.overview.streams()).isZero();
    Response refused = changes("", ALL);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers().first("Retry-After")).isPresent();
  }

  @Test
  void endsWithoutAWordWhenItsCallerIsNotLetInAnyMore() throws Exception {
    sites.page("", ALL);
    AtomicBoolean admitted = new AtomicBoolean(true);
    Reader reader = new Reader(sites.changes(ALL, admitted::get));
    reader.next();
    admitted.set(false);
    sites.up("default/shop", 40);
    sites.overview.show();
    reader.thread.join();
    assertThat(reader.lines).isEmpty();
    assertThat(sites.overview.streams()).isZero();
  }

  @Test
  void endsWhenTheReceiverIsGone() throws Exception {
    Reader reader = read("", ALL);
    reader.next();
    reader.gone = true;
    sites.up("default/shop", 40);
    sites.overview.show();
    assertThat(reader.next()).isEqualTo("failed: the receiver is gone");
    reader.thread.join();
    assertThat(sites.overview.streams()).isZero();
  }

  @Test
  void hasSoManyAtOnceAndNoMore() {
    for (int i = 0; i < ChangeStreams.STREAMS_MAX; i++) {
      assertThat(changes("", ALL).status()).isEqualTo(200);
    }
    Response refused = changes("", ALL);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers().first("Retry-After")).contains("5");
    assertThat(OpenApiAnswers.check("changes", refused)).contains("64 streams");
    assertThat(sites.page("", ALL)).contains("shop");

    sites.advance(ChangeStreams.BEGIN_MAX.plusMillis(1));
    assertThat(changes("", ALL).status())
        .as("streams that nobody began to read hold no place")
        .isEqualTo(200);
  }

  @Test
  void oneCallerHasEightAtOnceAndOthersTheirs() {
    for (int i = 0; i < ChangeStreams.OF_CALLER_MAX; i++) {
      assertThat(changes("", ACME).status()).isEqualTo(200);
    }
    Caller again = new Caller(ACME.name(), ACME.roles(), Optional.of("another session"));
    Response refused = changes("", again);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers().first("Retry-After")).contains("5");
    assertThat(OpenApiAnswers.check("changes", refused)).contains("8 streams");
    assertThat(changes("", new Caller("bob", ACME.roles())).status()).isEqualTo(200);

    sites.advance(ChangeStreams.BEGIN_MAX.plusMillis(1));
    assertThat(changes("", again).status()).isEqualTo(200);
  }

  @Test
  void aHeadHoldsNoPlace() {
    Response head = sites.head("/api/v1/changes");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers().first("Content-Type")).contains("application/x-ndjson");
    assertThat(sites.overview.streams()).isZero();
  }

  @Test
  void answersAsItIsDescribed() {
    sites.page("", ALL);
    sites.apply("sites: [{id: shop, endpoint: 'https://shop.example/', interval: 1m}]");
    Response stream = changes("since=0", ALL);
    sites.overview.endStreams();
    assertThat(OpenApiAnswers.check("changes", stream)).contains("shop", "removed");
    assertThat(changes("since=yesterday", ALL).status()).isEqualTo(400);
    assertThat(changes("colour=red", ALL).status()).isEqualTo(400);
  }

  private Reader read(String query, Caller caller) {
    Response response = changes(query, caller);
    assertThat(response.status()).isEqualTo(200);
    return new Reader(response);
  }

  private Response changes(String query, Caller caller) {
    return sites.get("/api/v1/changes", query, Headers.empty(), caller);
  }
}
