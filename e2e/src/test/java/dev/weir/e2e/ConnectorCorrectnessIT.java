// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The correctness suite that the AWS connector is held to, over HTTP with Basic credentials, from
 * the sender through the connector to a Timestream and back.
 */
class ConnectorCorrectnessIT {

  private static final String DATABASE = "PrometheusDatabase";
  private static final String TABLE = "PrometheusMetricsTable";
  private static final AtomicInteger METRICS = new AtomicInteger();

  @TempDir static Path folder;
  private static LocalTimestream timestream;
  private static ConnectorProcess connector;
  private static RemoteClient client;

  private final long now = System.currentTimeMillis();

  /** Each test has a metric of its own, so that none sees what another left. */
  private final String metric = "correct_" + METRICS.incrementAndGet();

  @BeforeAll
  static void start() {
    timestream = LocalTimestream.start(folder);
    timestream.createTable(DATABASE, TABLE);
    connector = ConnectorProcess.start(folder, timestream.endpoint(), DATABASE, TABLE);
    client = RemoteClient.ofConnector(connector.web(), LocalTimestream.OWNER.headers());
  }

  @AfterAll
  static void stop() {
    connector.close();
    timestream.close();
  }

  @Test
  void aTableThatNothingWasWrittenToIsEmpty() {
    timestream.addTable(DATABASE, "Fresh");
    try (ConnectorProcess fresh =
        ConnectorProcess.start(folder, timestream.endpoint(), DATABASE, "Fresh")) {
      RemoteClient reader = RemoteClient.ofConnector(fresh.web(), LocalTimestream.OWNER.headers());
      assertThat(reader.read(ReadQuery.around(now).equal("__name__", metric)).only()).isEmpty();
      assertThat(reader.read(ReadQuery.around(now).equal("job", "node")).only()).isEmpty();
    }
  }

  @Test
  void anUnknownMetricIsEmpty() {
    writes(new WireWriter().series(Map.of("__name__", metric), SampleRead.of(now, 1)));
    assertThat(found(ReadQuery.around(now).equal("__name__", "nosuch"))).isEmpty();
  }

  @Test
  void anUnknownLabelIsEmptyAndNoError() {
    writes(new WireWriter().series(Map.of("__name__", metric), SampleRead.of(now, 1)));
    assertThat(found(ReadQuery.around(now).equal("__name__", metric).equal("nosuchlabel", "value")))
        .isEmpty();
  }

  @Test
  void aRequestWithoutDataIsTaken() {
    writes(new WireWriter());
  }

  @Test
  void aSeriesWithoutLabelsIsRefused() {
    HttpResponse<byte[]> response =
        client.write(new WireWriter().series(Map.of(), SampleRead.of(now, 1)).compressed());
    assertThat(response.statusCode()).as(() -> RemoteClient.text(response)).isEqualTo(400);
  }

  @Test
  void aSeriesWithoutSamplesIsTakenAndStoresNothing() {
    writes(new WireWriter().series(Map.of("__name__", metric, "zone", "a")));
    assertThat(found(ReadQuery.around(now).equal("__name__", metric))).isEmpty();
    assertThat(timestream.rows(stored(metric))).containsExactly(List.of("0"));
  }

  @Test
  void aValueComesBack() {
    Map<String, String> labels = Map.of("__name__", metric, "instance", "a:9100", "job", "node");
    writes(new WireWriter().series(labels, SampleRead.of(now, 86.5)));
    assertThat(found(ReadQuery.around(now).equal("__name__", metric)))
        .containsExactly(new SeriesRead(labels, List.of(SampleRead.of(now, 86.5))));
    assertThat(timestream.rows(stored(metric))).containsExactly(List.of("1"));
  }

  @Test
  void twoMetricsOfOneRequestBothComeBack() {
    String other = metric + "_other";
    writes(
        new WireWriter()
            .series(Map.of("__name__", metric, "cpu", "0"), SampleRead.of(now, 1))
            .series(Map.of("__name__", other, "cpu", "1"), SampleRead.of(now - 1_000, 2)));
    assertThat(found(ReadQuery.around(now).equal("__name__", metric)))
        .containsExactly(
            new SeriesRead(Map.of("__name__", metric, "cpu", "0"), List.of(SampleRead.of(now, 1))));
    assertThat(found(ReadQuery.around(now).equal("__name__", other)))
        .containsExactly(
            new SeriesRead(
                Map.of("__name__", other, "cpu", "1"), List.of(SampleRead.of(now - 1_000, 2))));
  }

  @Test
  void samplesThatAreSentNewestFirstComeBackAscending() {
    Map<String, String> labels = Map.of("__name__", metric);
    writes(new WireWriter().series(labels, SampleRead.of(now, 3), SampleRead.of(now - 10_000, 2)));
    assertThat(found(ReadQuery.around(now).equal("__name__", metric)))
        .containsExactly(
            new SeriesRead(labels, List.of(SampleRead.of(now - 10_000, 2), SampleRead.of(now, 3))));
  }

  @Test
  void negativeMatchersSelectTheRightSeriesAndCounts() {
    Map<String, String> ok = Map.of("__name__", metric, "code", "200", "job", "api");
    Map<String, String> made = Map.of("__name__", metric, "code", "201", "job", "api");
    Map<String, String> lost = Map.of("__name__", metric, "code", "404", "job", "api");
    Map<String, String> other = Map.of("__name__", metric, "code", "500", "job", "web");
    SampleRead first = SampleRead.of(now - 1_000, 1);
    SampleRead second = SampleRead.of(now, 2);
    writes(
        new WireWriter()
            .series(ok, first, second)
            .series(made, first)
            .series(lost, first, second)
            .series(other, second));

    ReadQuery notEqual = ofThisMetric().notEqual("code", "200");
    ReadQuery notMatching = ofThisMetric().notMatching("code", "2..");
    ReadQuery both = ofThisMetric().equal("job", "api").notMatching("code", "2..");

    SeriesRead lostSeries = new SeriesRead(lost, List.of(first, second));
    SeriesRead otherSeries = new SeriesRead(other, List.of(second));
    assertThat(found(notEqual))
        .containsExactlyInAnyOrder(new SeriesRead(made, List.of(first)), lostSeries, otherSeries);
    assertThat(found(notMatching)).containsExactlyInAnyOrder(lostSeries, otherSeries);
    assertThat(found(both)).containsExactly(lostSeries);
  }

  private ReadQuery ofThisMetric() {
    return ReadQuery.around(now).equal("__name__", metric);
  }

  private static void writes(WireWriter request) {
    HttpResponse<byte[]> response = client.write(request.compressed());
    assertThat(response.statusCode()).as(() -> RemoteClient.text(response)).isEqualTo(204);
  }

  private static List<SeriesRead> found(ReadQuery query) {
    return client.read(query).only();
  }

  private static String stored(String metric) {
    return "SELECT count(*) FROM \"%s\".\"%s\" WHERE measure_name = '%s'"
        .formatted(DATABASE, TABLE, metric);
  }
}
