// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes over the port: a clear answer, a living process, bounded memory. */
class BadInputIT {
  /** The heap has 512 MB in these tests; the rest is the engine and the virtual machine. */
  private static final long MEMORY_LIMIT_BYTES = 1L << 30;

  private static final int SLOW_SENDERS = 100;

  @TempDir static Path folder;
  private static WeirProcess weir;
  private static RemoteClient client;

  @BeforeAll
  static void startWeir() {
    weir = WeirProcess.start(folder);
    client = new RemoteClient(weir.web());
  }

  @AfterAll
  static void stopWeir() {
    weir.close();
  }

  @AfterEach
  void livesAndStaysSmall() {
    assertThat(client.write(goodBody()).statusCode()).isEqualTo(204);
    assertThat(weir.process().peakResidentBytes()).isLessThan(MEMORY_LIMIT_BYTES);
  }

  @Test
  void refusesGarbageInsteadOfSnappy() {
    assertRefused(400, client.write("this is not snappy at all".getBytes(StandardCharsets.UTF_8)));
    assertRefused(400, client.write(new byte[] {(byte) 0xff, 1, 2, 3}));
    byte[] good = goodBody();
    assertRefused(400, client.write(Arrays.copyOf(good, good.length / 2)));
  }

  @Test
  void refusesAnUnpackedLengthThatIsTooLargeBeforeTakingMemory() {
    byte[] fourGigabytes = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0, 0};
    assertRefused(413, client.write(fourGigabytes));
    assertRefused(413, client.write(WireWriter.compress(new byte[65 << 20])));
  }

  @Test
  void refusesBombsWithinTheLimit() {
    assertRefused(400, client.write(WireWriter.compress(new byte[63 << 20])));
    WireWriter empty = new WireWriter();
    for (int series = 0; series < 1_000_000; series++) {
      empty.bytes(1, new byte[0]);
    }
    assertRefused(413, client.write(empty.compressed()));
  }

  @Test
  void refusesABodyThatIsTooLargeBeforeItIsSent() throws IOException {
    try (RawConnection connection = new RawConnection(weir.web().port())) {
      assertThat(connection.announce(33L << 20).statusLine()).contains(" 413 ");
    }
  }

  @Test
  void refusesTruncatedAndMixedProtobuf() {
    byte[] good = good().toBytes();
    assertRefused(400, client.write(WireWriter.compress(Arrays.copyOf(good, good.length - 3))));
    // A request of remote write 2.0 under the content type of 1.0 would decode to nothing.
    assertRefused(400, client.write(new WireWriter().text(4, "").text(4, "a").compressed()));
    assertRefused(400, client.write(new WireWriter().varint(1, 5).compressed()));
  }

  @Test
  void refusesASeriesWithAMillionLabels() {
    WireWriter series = new WireWriter().label("__name__", "huge");
    for (int label = 0; label < 1_000_000; label++) {
      series.label("l" + label, "v");
    }
    series.message(2, sample());
    assertRefused(400, client.write(new WireWriter().message(1, series).compressed()));
  }

  @Test
  void refusesWrongLabelsAndStoresTheRest() {
    WireWriter invalidUtf8 =
        new WireWriter()
            .label("__name__", "bad")
            .message(1, new WireWriter().text(1, "a").bytes(2, new byte[] {(byte) 0xc3, 0x28}))
            .message(2, sample());
    WireWriter twice =
        new WireWriter()
            .label("__name__", "bad")
            .label("a", "1")
            .label("a", "2")
            .message(2, sample());
    WireWriter nameless = new WireWriter().label("a", "1").message(2, sample());
    WireWriter empty = new WireWriter().message(2, sample());
    WireWriter tooLong =
        new WireWriter()
            .label("__name__", "bad")
            .label("a", "x".repeat(3_000))
            .message(2, sample());
    long time = now();
    int number = 0;
    for (WireWriter bad : List.of(invalidUtf8, twice, nameless, empty, tooLong)) {
      WireWriter request = new WireWriter().message(1, bad);
      request.series(labels("beside_bad_" + number), number, time);
      assertRefused(400, client.write(request.compressed()));
      List<Double> found = new ArrayList<>();
      client.readAll("beside_bad_" + number, time, time, (labels, at, value) -> found.add(value));
      assertThat(found).as("beside bad series %d", number).containsExactly((double) number);
      number++;
    }
  }

  @Test
  void refusesOtherMethodsTypesAndHosts() throws IOException {
    assertThat(weir.web().get("/api/v1/write").statusCode()).isEqualTo(405);
    byte[] body = goodBody();
    assertRefused(415, weir.web().post("/api/v1/write", body, "Content-Type", "application/json"));
    assertRefused(
        415,
        weir.web()
            .post(
                "/api/v1/write",
                body,
                "Content-Type",
                "application/x-protobuf",
                "Content-Encoding",
                "gzip"));
    try (RawConnection connection = new RawConnection(weir.web().port())) {
      connection.send(
          "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.statusLine()).contains(" 403 ");
    }
  }

  @Test
  void refusesWrongReads() {
    assertRefused(400, client.read("no snappy".getBytes(StandardCharsets.UTF_8)));
    assertRefused(400, client.read(WireWriter.compress(new byte[] {0x0a, 0x7f, 1})));
    WireWriter brokenRegex = new WireWriter().varint(1, 2).text(2, "__name__").text(3, "a(b");
    WireWriter query = new WireWriter().varint(1, 0).varint(2, now()).message(3, brokenRegex);
    assertRefused(400, client.read(new WireWriter().message(1, query).compressed()));
  }

  @Test
  void servesOthersWhileSendersStall() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int sender = 0; sender < SLOW_SENDERS; sender++) {
        slow.add(new RawConnection(weir.web().port()).announce(100_000).send(new byte[10]));
      }
      for (int request = 0; request < 20; request++) {
        long before = System.nanoTime();
        assertThat(client.write(goodBody()).statusCode()).isEqualTo(204);
        assertThat(System.nanoTime() - before).isLessThan(15_000_000_000L);
      }
    } finally {
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
  }

  @Test
  void answersAClientThatClosedItsHalfAndDropsOneThatBreaksOff() throws IOException {
    byte[] body = goodBody();
    try (RawConnection connection = new RawConnection(weir.web().port())) {
      connection.announce(body.length).send(body).closeOutput();
      assertThat(connection.statusLine()).contains(" 204 ");
    }
    try (RawConnection connection = new RawConnection(weir.web().port())) {
      connection.announce(body.length).send(Arrays.copyOf(body, 5)).closeOutput();
      assertThat(connection.statusLine()).matches("|HTTP/1.1 4\\d\\d .*");
    }
  }

  @Test
  void answersNonsenseThatIsNotHttp() throws IOException {
    try (RawConnection connection = new RawConnection(weir.web().port())) {
      connection.send("\0\1\2 nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.statusLine()).matches("|HTTP/1.1 400 .*");
    }
  }

  /** The status, one clear line of text, and nothing of the code behind it. */
  private static void assertRefused(int status, HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    assertThat(body).isNotBlank().doesNotContain("\tat ", "Exception", "dev.weir", "duckdb");
    assertThat(body.length()).isLessThan(4_096);
  }

  private static byte[] goodBody() {
    return good().compressed();
  }

  private static WireWriter good() {
    return new WireWriter().series(labels("good"), 1, now());
  }

  private static SortedMap<String, String> labels(String name) {
    return new TreeMap<>(Map.of("__name__", name, "job", "test"));
  }

  private static WireWriter sample() {
    return new WireWriter().fixed64(1, 1).varint(2, now());
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
