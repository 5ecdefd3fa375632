// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.prometheus.wire.XorChunkDecoder.Sample;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XorChunkEncoderTest {

  private final XorChunkEncoder encoder = new XorChunkEncoder();

  /** Taken from an answer of Prometheus 2.42. */
  @Test
  void writesTheBytesThatPrometheusWrites() {
    long base = 1_795_292_172_000L;
    encoder.add(base, Double.doubleToRawLongBits(1.0));
    encoder.add(base + 15_000, Double.doubleToRawLongBits(1.0));
    encoder.add(base + 30_007, Double.doubleToRawLongBits(2.5));
    encoder.add(base + 45_000, Double.doubleToRawLongBits(-3.25));
    encoder.add(base + 60_000, Double.doubleToRawLongBits(1e-9));

    assertThat(HexFormat.of().formatHex(encoder.toByteArray()))
        .isEqualTo(
            "0005c0bb84fcbf683ff000000000000098754003e137ffb7fe580f800f000f800fe1b2e0be826d6950");
  }

  @Test
  void bringsBackRandomSamplesBitForBit() {
    Random random = new Random(20_261_121);
    for (int round = 0; round < 400; round++) {
      roundTrip(samples(random, 1 + random.nextInt(300)));
    }
  }

  @Test
  void bringsBackEveryEdgeOfTheDifferenceFields() {
    long[] edges = {
      1, 2, 8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 524_287, 524_288, 524_289, 1L << 40
    };
    for (long edge : edges) {
      roundTrip(
          List.of(
              new Sample(0, 1),
              new Sample(1L << 41, 1),
              new Sample((1L << 42) + edge, 1),
              new Sample((1L << 42) + edge + (1L << 41), 2)));
    }
  }

  @Test
  void bringsBackTimesBeforeTheEpoch() {
    roundTrip(List.of(new Sample(-5_000, 0), new Sample(-1, -1), new Sample(7, 1)));
  }

  @Test
  void takesNoMoreThanItsCountCanSay() {
    for (int i = 0; i < XorChunkEncoder.SAMPLES_MAX; i++) {
      encoder.add(i * 1_000L, i);
    }

    assertThat(XorChunkDecoder.decode(encoder.toByteArray())).hasSize(65_535);
    assertThatThrownBy(() -> encoder.add(1L << 40, 0)).isInstanceOf(IllegalStateException.class);
  }

  private void roundTrip(List<Sample> samples) {
    encoder.clear();
    samples.forEach(sample -> encoder.add(sample.epochMillis(), sample.bits()));
    assertThat(XorChunkDecoder.decode(encoder.toByteArray())).isEqualTo(samples);
  }

  private static List<Sample> samples(Random random, int count) {
    List<Sample> samples = new ArrayList<>();
    long time = random.nextLong(1L << 41);
    long step = 1 + random.nextInt(60_000);
    double value = random.nextDouble();
    for (int i = 0; i < count; i++) {
      time += random.nextInt(8) == 0 ? 1 + random.nextLong(1L << 30) : step + random.nextInt(20);
      value =
          switch (random.nextInt(6)) {
            case 0 -> value;
            case 1 -> value + 1;
            case 2 -> random.nextInt(100);
            case 3 -> Double.longBitsToDouble(random.nextLong());
            case 4 -> Double.POSITIVE_INFINITY;
            default -> random.nextGaussian();
          };
      long bits =
          random.nextInt(10) == 0 ? 0x7FF0_0000_0000_0002L : Double.doubleToRawLongBits(value);
      samples.add(new Sample(time, bits));
    }
    return samples;
  }
}
