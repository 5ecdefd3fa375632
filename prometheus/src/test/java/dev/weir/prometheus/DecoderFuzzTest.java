// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Response;
import dev.weir.prometheus.Remote.Matcher;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Bodies broken in every way that a seed can think of: cut, flipped, doubled, spliced, with lengths
 * and integers blown up. Whatever comes, the answer is a clean one and the next request is served.
 */
class DecoderFuzzTest {

  private static final int ROUNDS = 6_000;

  private final Doors doors = new Doors();

  @Test
  void answersBrokenWritesOfVersion1() {
    byte[] good = write1();
    fuzz(good, 1, body -> doors.write(body, Doors.V1));
    assertThat(doors.write(SnappyBlock.pack(good), Doors.V1).status()).isIn(204, 400);
  }

  @Test
  void answersBrokenWritesOfVersion2() {
    fuzz(write2(), 2, body -> doors.write(body, Doors.V2));
  }

  @Test
  void answersBrokenReads() {
    doors.write(new WriteRequestEncoder().series("__name__", "up", "job", "a").sample(T, 1));
    fuzz(
        read(),
        3,
        body -> {
          Response answer = Remote.send(doors.read, body);
          Remote.bytes(answer);
          return answer;
        });
  }

  @Test
  void answersBrokenSnappy() {
    byte[] packed = SnappyBlock.pack(write1());
    Random random = new Random(4);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] broken = mutate(packed, random);
      assertClean(doors.write(broken, random.nextBoolean() ? Doors.V1 : Doors.V2), broken);
    }
  }

  /** How a body is sent. */
  private interface Door {
    Response send(byte[] body);
  }

  private static void fuzz(byte[] good, long seed, Door door) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] broken = good;
      for (int i = random.nextInt(3); i >= 0; i--) {
        broken = mutate(broken, random);
      }
      assertClean(door.send(SnappyBlock.pack(broken)), broken);
    }
  }

  private static void assertClean(Response answer, byte[] body) {
    assertThat(answer.status()).as(HexFormat.of().formatHex(body)).isIn(200, 204, 400, 413);
    if (answer.status() >= 400) {
      assertThat(Remote.text(answer).strip())
          .isNotEmpty()
          .doesNotContain("\n", "Exception", "\tat ", "dev.weir");
    }
  }

  private static byte[] mutate(byte[] from, Random random) {
    byte[] bytes = from.clone();
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> {
        return splice(bytes, at, at, bytes, random.nextInt(at + 1), at);
      }
      case 2 -> {
        return splice(bytes, at, at, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, 0, 10);
      }
      case 3 -> {
        return splice(bytes, at, Math.min(bytes.length, at + 3), bytes, 0, 0);
      }
      case 4 -> {
        byte[] noise = new byte[random.nextInt(20)];
        random.nextBytes(noise);
        return splice(bytes, at, at, noise, 0, noise.length);
      }
      default -> {
        if (bytes.length > 0) {
          bytes[at] =
              random.nextBoolean()
                  ? (byte) random.nextInt()
                  : (byte) (bytes[at] ^ 1 << random.nextInt(8));
        }
        return bytes;
      }
    }
  }

  /** Replaces a range of bytes by a range of others. */
  private static byte[] splice(byte[] bytes, int from, int to, byte[] other, int start, int end) {
    byte[] spliced = new byte[bytes.length - (to - from) + end - start];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(other, start, spliced, from, end - start);
    System.arraycopy(bytes, to, spliced, from + end - start, bytes.length - to);
    return spliced;
  }

  private static byte[] write1() {
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < 5; i++) {
      request.series("__name__", "metric" + i, "job", "a", "ümlaut", "größe" + i);
      request.sample(T, i).sample(T + 1_000, Double.NaN);
    }
    return request.unpacked();
  }

  private static byte[] write2() {
    ProtobufWriter writer = new ProtobufWriter(256);
    for (String symbol : new String[] {"", "__name__", "up", "job", "a", "b"}) {
      writer.string(4, symbol);
    }
    for (int i = 0; i < 4; i++) {
      int series = writer.begin(5);
      writer.bytes(1, new byte[] {1, 2, 3, (byte) (4 + i % 2)});
      int sample = writer.begin(2);
      writer.doubleBits(1, Double.doubleToRawLongBits(i));
      writer.integer(2, T + i);
      writer.end(sample);
      writer.bytes(4, new byte[] {8, 1});
      writer.end(series);
    }
    return writer.toByteArray();
  }

  private static byte[] read() {
    ProtobufWriter writer = new ProtobufWriter(256);
    Remote.query(
        writer,
        T - 5,
        T + 5,
        new Matcher(0, "__name__", "up"),
        new Matcher(2, "job", "a|b.*"),
        new Matcher(3, "pod", "(x|y)+"));
    writer.bytes(2, new byte[] {1, 0});
    return writer.toByteArray();
  }
}
