// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Response;
import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.prometheus.Doors;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a 1.0 receiver is sent in practice, and what Weir answers. */
class Version1Test {

  private final Doors doors = new Doors();

  @Test
  void storesAsTheAwsConnectorLaysOutItsTable() {
    Response answer = doors.write(up("job", "a", "instance", "h:9100").sample(T, 0.1));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(Remote.bytes(answer)).isEmpty();
    assertThat(doors.store.points())
        .containsExactly(
            new Point(
                Series.of(
                    "up", List.of(new Dimension("job", "a"), new Dimension("instance", "h:9100"))),
                T * 1_000_000,
                new Measure.OfDouble(0.1)));
  }

  @Test
  void takesTheSameRequestTwiceAndLeavesTheSameState() {
    byte[] body = up("job", "a").sample(T, 1).sample(T + 1, Double.NaN).body();
    assertThat(doors.write(body, Doors.V1).status()).isEqualTo(204);
    List<Point> before = doors.store.points();

    assertThat(doors.write(body, Doors.V1).status()).isEqualTo(204);
    assertThat(doors.store.points()).isEqualTo(before);
    assertThat(doors.lastWrite().repeated()).isEqualTo(2);
    assertThat(doors.lastWrite().stored()).isEqualTo(2);
  }

  @Test
  void refusesAnotherValueAtTheSameTimeAndStoresTheRest() {
    doors.write(up("job", "a").sample(T, 1));

    Response answer =
        doors.write(up("job", "a").sample(T, 2).series("__name__", "up", "job", "b").sample(T, 3));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer))
        .contains("stored 1 of 2 samples", "1 another value at the same series and time")
        .contains("up{job=\"a\"} at 2026-11-21T11:59:00Z");
    assertThat(doors.store.points()).hasSize(2);
    assertThat(doors.lastWrite().refused()).isEqualTo(Map.of(Reason.CONFLICT, 1));
  }

  @Test
  void takesSamplesOutOfOrder() {
    assertThat(doors.write(up("job", "a").sample(T, 1)).status()).isEqualTo(204);
    assertThat(doors.write(up("job", "a").sample(T - 1_000, 1)).status()).isEqualTo(204);
    assertThat(doors.write(up("job", "b").sample(T, 2).sample(T - 5, 1)).status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(4);
  }

  @Test
  void refusesWhatIsOlderThanRetentionOrTooFarAheadAndStoresTheRest() {
    long now = Doors.START.toEpochMilli();
    Response answer =
        doors.write(
            up("job", "a")
                .sample(now - Duration.ofDays(366).toMillis(), 1)
                .sample(now, 1)
                .sample(now + Duration.ofMinutes(14).toMillis(), 1)
                .sample(now + Duration.ofMinutes(16).toMillis(), 1));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("stored 2 of 4 samples", "refused 2");
    assertThat(doors.store.points()).hasSize(2);
    assertThat(doors.lastWrite().refused()).isEqualTo(Map.of(Reason.TOO_OLD, 1, Reason.TOO_NEW, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000 + 1})
  void refusesTimesThatNanosecondsCantSay(long epochMillis) {
    Response answer = doors.write(up("job", "a").sample(epochMillis, 1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(doors.store.points()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0x7FF0_0000_0000_0002L,
        0x7FF8_0000_0000_0001L,
        0x7FF0_0000_0000_0000L,
        0xFFF0_0000_0000_0000L,
        0xFFFF_FFFF_FFFF_FFFFL
      })
  void keepsWhatIsNotFiniteBitForBitBesideTheMetric(long bits) {
    ProtobufWriter writer = new ProtobufWriter(64);
    series(writer, "__name__", "up");
    byte[] body = withSample(writer, T, bits);

    assertThat(doors.write(body, Doors.V1).status()).isEqualTo(204);
    assertThat(doors.store.points())
        .containsExactly(
            new Point(Series.of("up~bits", List.of()), T * 1_000_000, new Measure.OfBigint(bits)));
  }

  @Test
  void refusesASeriesWithoutMetricNameOrLabelsAndStoresTheRest() {
    Response answer =
        doors.write(
            new WriteRequestEncoder()
                .series("job", "a")
                .sample(T, 1)
                .series()
                .sample(T, 1)
                .series("__name__", "")
                .sample(T, 1)
                .series("__name__", "up")
                .sample(T, 1));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.lastWrite().refused())
        .isEqualTo(Map.of(Reason.NO_METRIC_NAME, 2, Reason.NO_LABELS, 1));
  }

  @Test
  void refusesASeriesWithoutLabelsThoughItHasNoSamples() {
    assertThat(doors.write(new WriteRequestEncoder().series()).status()).isEqualTo(400);
  }

  @Test
  void refusesADuplicateOrEmptyLabelName() {
    ProtobufWriter writer = new ProtobufWriter(64);
    series(writer, "__name__", "up", "a", "1", "a", "2");
    assertThat(doors.write(withSample(writer, T, 0), Doors.V1).status()).isEqualTo(400);
    writer.clear();
    series(writer, "__name__", "up", "a", "", "a", "2");
    assertThat(doors.write(withSample(writer, T, 0), Doors.V1).status()).isEqualTo(400);
    writer.clear();
    series(writer, "__name__", "up", "", "1");
    assertThat(doors.write(withSample(writer, T, 0), Doors.V1).status()).isEqualTo(400);
    assertThat(doors.store.points()).isEmpty();
  }

  @Test
  void takesAnEmptyLabelValueAsNoLabel() {
    assertThat(doors.write(up("job", "a", "pod", "").sample(T, 1)).status()).isEqualTo(204);
    assertThat(doors.write(up("job", "a").sample(T, 1)).status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(1);
  }

  @Test
  void takesUnsortedLabelsAsTheSameSeries() {
    ProtobufWriter writer = new ProtobufWriter(64);
    series(writer, "job", "a", "__name__", "up", "instance", "b");
    assertThat(doors.write(withSample(writer, T, 0), Doors.V1).status()).isEqualTo(204);
    assertThat(doors.write(up("job", "a", "instance", "b").sample(T, 0)).status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(1);
  }

  @Test
  void takesASeriesWithoutSamplesAndStoresNothing() {
    assertThat(doors.write(up("job", "a")).status()).isEqualTo(204);
    assertThat(doors.store.points()).isEmpty();
  }

  @Test
  void takesAnEmptyRequest() {
    assertThat(doors.write(SnappyBlock.pack(new byte[0]), Doors.V1).status()).isEqualTo(204);
  }

  @Test
  void takesARequestOfMetadataOnly() {
    ProtobufWriter writer = new ProtobufWriter(64);
    int metadata = writer.begin(3);
    writer.integer(1, 1);
    writer.string(2, "up");
    writer.string(4, "whether it is up");
    writer.end(metadata);
    assertThat(doors.write(SnappyBlock.pack(writer.toByteArray()), Doors.V1).status())
        .isEqualTo(204);
    assertThat(doors.lastWrite().metadata()).isEqualTo(1);
  }

  @Test
  void refusesABodyThatDecodesToNothing() {
    ProtobufWriter writer = new ProtobufWriter(64);
    writer.string(4, "");
    writer.string(4, "__name__");
    Response answer = doors.write(SnappyBlock.pack(writer.toByteArray()), Doors.V1);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("content type");
  }

  @Test
  void countsHistogramsAndExemplarsAndWarnsOnceAMinute() {
    ProtobufWriter writer = new ProtobufWriter(64);
    series(writer, "__name__", "up");
    writer.bytes(3, new byte[0]);
    writer.bytes(4, new byte[0]);
    byte[] body = withSample(writer, T, 0);

    assertThat(doors.write(body, Doors.V1).status()).isEqualTo(204);
    assertThat(doors.write(body, Doors.V1).status()).isEqualTo(204);
    assertThat(doors.warnings).hasSize(1);
    doors.now = doors.now.plusSeconds(61);
    assertThat(doors.write(body, Doors.V1).status()).isEqualTo(204);

    assertThat(doors.warnings).hasSize(2);
    assertThat(doors.warnings.getLast()).startsWith("4 native histograms and exemplars");
    assertThat(doors.lastWrite().histograms()).isEqualTo(1);
    assertThat(doors.lastWrite().exemplars()).isEqualTo(1);
    assertThat(doors.store.points()).hasSize(1);
  }

  @Test
  void takesFieldsInAnyOrderAndSkipsUnknownOnes() {
    ProtobufWriter writer = new ProtobufWriter(64);
    writer.integer(9, 5);
    int series = writer.begin(1);
    sample(writer, T, Double.doubleToRawLongBits(1));
    label(writer, "__name__", "up");
    writer.string(9, "unknown");
    label(writer, "job", "a");
    sample(writer, T + 1, Double.doubleToRawLongBits(2));
    writer.end(series);

    assertThat(doors.write(SnappyBlock.pack(writer.toByteArray()), Doors.V1).status())
        .isEqualTo(204);
    assertThat(doors.store.points()).hasSize(2);
    assertThat(doors.store.points().getFirst().series().dimension("job")).isEqualTo("a");
  }

  @Test
  void refusesABodyThatIsNoProtobufAndStoresNothingOfIt() {
    ProtobufWriter writer = new ProtobufWriter(64);
    series(writer, "__name__", "up");
    sample(writer, T, 0);
    writer.end(open);
    writer.raw(new byte[] {0x0A, 0x50, 1}, 0, 3);

    Response answer = doors.write(SnappyBlock.pack(writer.toByteArray()), Doors.V1);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("can't be decoded", "at byte");
    assertThat(doors.store.points()).isEmpty();
  }

  @Test
  void refusesLabelsThatAreNotUtf8AndStoresTheRest() {
    ProtobufWriter writer = new ProtobufWriter(64);
    series(writer, "__name__", "up");
    int label = writer.begin(1);
    writer.string(1, "job");
    writer.bytes(2, new byte[] {(byte) 0xC3, 0x28});
    writer.end(label);
    sample(writer, T, 0);
    writer.end(open);
    series(writer, "__name__", "up");

    assertThat(doors.write(withSample(writer, T, 0), Doors.V1).status()).isEqualTo(400);
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.lastWrite().refused()).isEqualTo(Map.of(Reason.INVALID_TEXT, 1));
  }

  @Test
  void sendsNoWrittenHeaders() {
    Response answer = doors.write(up("job", "a").sample(T, 1));
    assertThat(answer.headers().first("X-Prometheus-Remote-Write-Samples-Written")).isEmpty();
  }

  @Test
  void shortensLongMessagesAndKeepsThemPrintable() {
    doors.write(up("job", "line\nbreak".repeat(400)).sample(T, 1));
    Response answer = doors.write(up("job", "line\nbreak".repeat(400)).sample(T, 2));
    assertThat(Remote.bytes(answer)).hasSizeLessThan(1_024);
    assertThat(Remote.text(answer).strip()).doesNotContain("\n");
  }

  private int open;

  private static WriteRequestEncoder up(String... labels) {
    String[] all = new String[labels.length + 2];
    all[0] = "__name__";
    all[1] = "up";
    System.arraycopy(labels, 0, all, 2, labels.length);
    return new WriteRequestEncoder().series(all);
  }

  private void series(ProtobufWriter writer, String... labels) {
    open = writer.begin(1);
    for (int i = 0; i < labels.length; i += 2) {
      label(writer, labels[i], labels[i + 1]);
    }
  }

  private byte[] withSample(ProtobufWriter writer, long epochMillis, long bits) {
    sample(writer, epochMillis, bits);
    writer.end(open);
    return SnappyBlock.pack(writer.toByteArray());
  }

  private static void label(ProtobufWriter writer, String name, String value) {
    int label = writer.begin(1);
    writer.string(1, name);
    writer.string(2, value);
    writer.end(label);
  }

  private static void sample(ProtobufWriter writer, long epochMillis, long bits) {
    int sample = writer.begin(2);
    writer.doubleBits(1, bits);
    writer.integer(2, epochMillis);
    writer.end(sample);
  }
}
