// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.Doors;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.RemoteBody;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads, sizes, and what becomes of a failing store. */
class RemoteWriteTest {

  private static final byte[] GOOD =
      new WriteRequestEncoder().series("__name__", "up").sample(T, 1).body();

  /** A body that must not be read. */
  private static final InputStream UNREAD =
      new InputStream() {
        @Override
        public int read() {
          throw new AssertionError("the body was read");
        }
      };

  private final Doors doors = new Doors();

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void refusesOtherMethods(String method) {
    Response answer =
        doors.write.handle(new Request(method, "/write", "", Headers.empty(), -1, UNREAD));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().first("Allow")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "image/png",
        "application/x-protobuf;proto=io.prometheus.write.v3.Request",
        "application/x-protobuf2",
        "text/plain; charset=utf-8"
      })
  void refusesOtherTypesBeforeTheBodyIsRead(String type) {
    Response answer = head("Content-Type", type, "Content-Encoding", "snappy");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(Remote.text(answer)).contains("content type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "zstd", "identity", "snappy, gzip"})
  void refusesOtherEncodingsBeforeTheBodyIsRead(String encoding) {
    assertThat(head("Content-Type", Doors.V1, "Content-Encoding", encoding).status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-protobuf",
        "Application/X-Protobuf",
        "application/x-protobuf;proto=prometheus.WriteRequest",
        "application/x-protobuf ; charset=utf-8; proto = \"prometheus.WriteRequest\""
      })
  void takesVersion1InAllItsSpellings(String type) {
    assertThat(Remote.send(doors.write, GOOD, "Content-Type", type).status()).isEqualTo(204);
  }

  @Test
  void takesVersion1WithoutAnyHeader() {
    assertThat(Remote.send(doors.write, GOOD).status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(1);
  }

  @Test
  void refusesABodyThatIsNoSnappy() {
    assertThat(doors.write(new byte[0], Doors.V1).status()).isEqualTo(400);
    assertThat(doors.write(new byte[] {5, 1, 2, 3}, Doors.V1).status()).isEqualTo(400);
    assertThat(doors.write("garbage in, nothing stored".getBytes(), Doors.V1).status())
        .isEqualTo(400);
    assertThat(doors.write("garbage in, nothing stored".getBytes(), Doors.V2).status())
        .isEqualTo(400);
  }

  @Test
  void refusesABodyThatIsTooLargeAsSentBeforeItIsRead() {
    Response answer =
        doors.write.handle(
            new Request(
                "POST", "/write", "", Headers.empty(), RemoteBody.SENT_BYTES_MAX + 1L, UNREAD));
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void refusesABodyOfUnknownLengthThatTurnsOutTooLarge() {
    byte[] large = new byte[RemoteBody.SENT_BYTES_MAX + 1];
    large[0] = 1;
    Response answer =
        doors.write.handle(
            new Request(
                "POST", "/write", "", Headers.empty(), -1, new ByteArrayInputStream(large)));
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void refusesABombByWhatItDeclares() {
    byte[] bomb = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 0, 0};
    Response answer = doors.write(bomb, Doors.V1);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(Remote.text(answer)).contains("4294967295", "67108864");

    ProtobufWriter justOver = new ProtobufWriter(8);
    justOver.varint(RemoteBody.UNPACKED_BYTES_MAX + 1);
    assertThat(doors.write(justOver.toByteArray(), Doors.V1).status()).isEqualTo(413);
  }

  @Test
  void refusesMoreSmallElementsThanMemoryIsMeantFor() {
    byte[] series = new byte[2 * (DecodedWrite.ELEMENTS_MAX + 1)];
    for (int i = 0; i < series.length; i += 2) {
      series[i] = 0x0A;
    }
    assertThat(doors.write(SnappyBlock.pack(series), Doors.V1).status()).isEqualTo(413);
    for (int i = 0; i < series.length; i += 2) {
      series[i] = 0x22;
    }
    assertThat(doors.write(SnappyBlock.pack(series), Doors.V2).status()).isEqualTo(413);
  }

  @Test
  void refusesASeriesOfAMillionLabelsAndStoresTheRest() {
    ProtobufWriter writer = new ProtobufWriter(1 << 24);
    int series = writer.begin(1);
    for (int i = 0; i < 1_000_000; i++) {
      int label = writer.begin(1);
      writer.string(1, "label" + i);
      writer.string(2, "x");
      writer.end(label);
    }
    int sample = writer.begin(2);
    writer.integer(2, T);
    writer.end(sample);
    writer.end(series);
    byte[] good = new WriteRequestEncoder().series("__name__", "up").sample(T, 1).unpacked();
    writer.raw(good, 0, good.length);

    Response answer = doors.write(SnappyBlock.pack(writer.toByteArray()), Doors.V1);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("stored 1 of 2", "the limit is 65536");
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.receiver.cache().size()).isEqualTo(1);
  }

  @Test
  void keepsTheSendersDataWhereTheBodyBreaksOff() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    Response answer =
        doors.write.handle(new Request("POST", "/write", "", Headers.empty(), 9, broken));
    assertThat(answer.status()).isEqualTo(503);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void neverAnswersARetryableFailureWith4xx(Kind kind) {
    doors.store.failAfter(0, new StoreException(kind, "the store said so"));
    Response answer = doors.write(GOOD, Doors.V1);
    if (kind.retryable()) {
      assertThat(answer.status()).isBetween(500, 599);
      assertThat(answer.headers().first("Retry-After")).contains("5");
    } else {
      assertThat(answer.status()).isEqualTo(400);
    }
    assertThat(Remote.text(answer)).contains("the store said so");
    doors.store.recover();
    assertThat(doors.write(GOOD, Doors.V1).status()).isEqualTo(204);
  }

  @Test
  void answersRetryableThoughAnotherPartIsRefused() {
    doors.store.failAfter(0, new StoreException(Kind.TIMED_OUT, "too slow"));
    Response answer =
        doors.write(
            new WriteRequestEncoder()
                .series("job", "a")
                .sample(T, 1)
                .series("__name__", "up")
                .sample(T, 1));
    assertThat(answer.status()).isEqualTo(503);
  }

  @Test
  void answersAThrottledStoreAsTheOperatorWishes() {
    Doors wishing = new Doors(RemoteWriteOptions.defaults().withThrottleStatus(429));
    StoreException throttled =
        new StoreException(Kind.THROTTLED, "slow down", Duration.ofMillis(6_200), null);
    wishing.store.failAfter(0, throttled);
    doors.store.failAfter(0, throttled);

    Response wished = wishing.write(GOOD, Doors.V1);
    assertThat(wished.status()).isEqualTo(429);
    assertThat(wished.headers().first("Retry-After")).contains("7");
    assertThat(doors.write(GOOD, Doors.V1).status()).isEqualTo(503);
    wishing.store.failAfter(0, new StoreException(Kind.UNAVAILABLE, "closing"));
    assertThat(wishing.write(GOOD, Doors.V1).status()).isEqualTo(503);
  }

  @Test
  void sendsAwayWhatHasNoRoomInMemoryAndTakesItLater() throws Exception {
    Doors small = new Doors(RemoteWriteOptions.defaults().withMemory(2_048, Duration.ZERO));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InputStream slow =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == 5) {
              reading.countDown();
              await(goOn);
            }
            return at < GOOD.length ? GOOD[at++] & 0xFF : -1;
          }
        };
    Thread first =
        Thread.ofVirtual()
            .start(() ->
                assertThat(
                        small
                            .write
                            .handle(new Request("POST", "/write", "", Headers.empty(), 4_096, slow))
                            .status())
                    .isEqualTo(204));
    reading.await();
    Response answer = small.write(GOOD, Doors.V1);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers().first("Retry-After")).isPresent();
    goOn.countDown();
    first.join();
    assertThat(small.write(GOOD, Doors.V1).status()).isEqualTo(204);
  }

  @Test
  void reportsEveryRequest() {
    doors.write(GOOD, Doors.V1);
    doors.write(new byte[] {1}, Doors.V1);
    assertThat(doors.writes).extracting(WriteReport::status).containsExactly(204, 400);
    assertThat(doors.writes.getFirst().sentBytes()).isEqualTo(GOOD.length);
    assertThat(doors.writes.getFirst().samples()).isEqualTo(1);
    assertThat(doors.writes.getFirst().series()).isEqualTo(1);
  }

  private Response head(String... headers) {
    return doors.write.handle(new Request("POST", "/write", "", Headers.of(headers), 10, UNREAD));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
