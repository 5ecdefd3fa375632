// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class SeriesCacheTest {

  private static final LabelReader LABELS = new LabelReader(RemoteWriteOptions.defaults());

  @Test
  void givesTheSameSeriesForTheSameBytes() throws MalformedBodyException {
    SeriesCache cache = new SeriesCache(LABELS, 100, 1 << 20);
    KnownSeries first = find(cache, 1);
    assertThat(find(cache, 1)).isSameAs(first);
    assertThat(find(cache, 2)).isNotSameAs(first);
    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  void remembersWhyASeriesIsRefused() throws MalformedBodyException {
    SeriesCache cache = new SeriesCache(LABELS, 100, 1 << 20);
    KnownSeries refused = cache.find(new byte[0], 0, 0);
    assertThat(refused.refusal()).isNotNull();
    assertThat(cache.find(new byte[9], 4, 0)).isSameAs(refused);
  }

  @Test
  void staysInItsBoundOfEntriesAndKeepsWhatIsUsed() throws MalformedBodyException {
    SeriesCache cache = new SeriesCache(LABELS, 50, 1 << 20);
    KnownSeries busy = find(cache, -1);
    for (int i = 0; i < 10_000; i++) {
      find(cache, i);
      assertThat(find(cache, -1)).isSameAs(busy);
      assertThat(cache.size()).isLessThanOrEqualTo(50);
    }
  }

  @Test
  void staysInItsBoundOfBytes() throws MalformedBodyException {
    SeriesCache cache = new SeriesCache(LABELS, 100_000, 64 * 1_024);
    for (int i = 0; i < 5_000; i++) {
      find(cache, i);
      assertThat(cache.bytes()).isLessThanOrEqualTo(64 * 1_024);
    }
    assertThat(cache.size()).isBetween(20, 250);
  }

  @Test
  void findsEverySeriesWhileOthersAreEvicted() throws InterruptedException {
    SeriesCache cache = new SeriesCache(LABELS, 64, 1 << 20);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Random random = new Random(t);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < 15_000; i++) {
                    int number = random.nextInt(200);
                    assertThat(String.valueOf(find(cache, number).series()))
                        .isEqualTo("up{instance=\"host-" + number + "\"}");
                  }
                } catch (MalformedBodyException | AssertionError e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(cache.size()).isLessThanOrEqualTo(64);
  }

  @Test
  void guessesWhatFollowsAndIsNeverMisledByIt() throws MalformedBodyException {
    SeriesCache cache = new SeriesCache(LABELS, 8, 1 << 20);
    Random random = new Random(8);
    KnownSeries previous = null;
    for (int i = 0; i < 20_000; i++) {
      int number = random.nextInt(4) == 0 ? random.nextInt(16) : i % 6;
      byte[] key = key(number);
      previous = cache.find(previous, key, 0, key.length);
      assertThat(String.valueOf(previous.series()))
          .isEqualTo("up{instance=\"host-" + number + "\"}");
    }
    assertThat(cache.size()).isLessThanOrEqualTo(8);
  }

  @Test
  void tellsASeriesWithoutLabelsFromOneWithTooMany() throws MalformedBodyException {
    SeriesCache cache = new SeriesCache(LABELS, 8, 1 << 20);
    byte[] large = new byte[SeriesCache.KEY_BYTES_MAX + 1];
    KnownSeries up = find(cache, 1);
    for (int i = 0; i < 2; i++) {
      assertThat(cache.find(up, large, 0, large.length).refusal())
          .extracting(Refusal::reason)
          .isEqualTo(Reason.LIMIT);
      assertThat(cache.find(up, large, 0, 0).refusal())
          .extracting(Refusal::reason)
          .isEqualTo(Reason.NO_LABELS);
    }
  }

  @Test
  void refusesBytesThatAreNoLabels() {
    SeriesCache cache = new SeriesCache(LABELS, 50, 1 << 20);
    assertThatThrownBy(() -> cache.find(new byte[] {0x0A, 9, 1}, 0, 3))
        .isInstanceOf(MalformedBodyException.class);
    assertThat(cache.size()).isZero();
  }

  @Test
  void hashesEveryByteOfAKeyAndItsLength() {
    byte[] bytes = new byte[70];
    new Random(3).nextBytes(bytes);
    for (int length = 0; length < 64; length++) {
      long hash = KeyHash.of(bytes, 3, length, 42);
      assertThat(KeyHash.of(bytes, 3, length + 1, 42)).isNotEqualTo(hash);
      for (int i = 3; i < 3 + length; i++) {
        bytes[i] ^= 1;
        assertThat(KeyHash.of(bytes, 3, length, 42)).isNotEqualTo(hash);
        bytes[i] ^= 1;
      }
    }
  }

  private static KnownSeries find(SeriesCache cache, int number) throws MalformedBodyException {
    byte[] key = key(number);
    return cache.find(key, 0, key.length);
  }

  private static byte[] key(int number) {
    ProtobufWriter writer = new ProtobufWriter(64);
    label(writer, "__name__", "up");
    label(writer, "instance", "host-" + number);
    return writer.toByteArray();
  }

  private static void label(ProtobufWriter writer, String name, String value) {
    int label = writer.begin(1);
    writer.string(1, name);
    writer.string(2, value);
    writer.end(label);
  }
}
