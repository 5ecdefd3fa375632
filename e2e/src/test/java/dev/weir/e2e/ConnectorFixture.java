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
import java.util.TreeMap;

/** A connector before a Timestream with one table, and a sender that may do everything. */
final class ConnectorFixture implements AutoCloseable {

  static final String DATABASE = "prom";
  static final String TABLE = "metrics";

  private final Path folder;
  private final LocalTimestream timestream;
  private final ConnectorProcess connector;

  ConnectorFixture(Path folder) {
    this.folder = folder;
    this.timestream = LocalTimestream.start(folder);
    timestream.createTable(DATABASE, TABLE);
    this.connector = another();
  }

  /** One more connector before the same table, with more flags. */
  ConnectorProcess another(String... flags) {
    return ConnectorProcess.start(folder, timestream.endpoint(), DATABASE, TABLE, flags);
  }

  static RemoteClient client(ConnectorProcess connector) {
    return RemoteClient.ofConnector(connector.web(), LocalTimestream.OWNER.headers());
  }

  RemoteClient client() {
    return client(connector);
  }

  ConnectorProcess connector() {
    return connector;
  }

  LocalTimestream timestream() {
    return timestream;
  }

  /** Writes what must be taken. */
  void writes(WireWriter request) {
    answers(client().write(request.compressed()), 204);
  }

  /** A status, with the text of the answer where it is another. */
  static String answers(HttpResponse<byte[]> response, int status) {
    assertThat(response.statusCode()).as(() -> RemoteClient.text(response)).isEqualTo(status);
    return RemoteClient.text(response);
  }

  List<SeriesRead> found(ReadQuery query) {
    return client().read(query).only();
  }

  /** All samples of a metric around a time, which has one series at most. */
  List<SampleRead> samples(String metric, long timeMillis) {
    List<SeriesRead> found = found(ReadQuery.around(timeMillis).equal("__name__", metric));
    assertThat(found).hasSizeLessThan(2);
    return found.isEmpty() ? List.of() : found.getFirst().samples();
  }

  /** Rows of the table as SQL sees them. */
  List<List<String>> rows(String columns, String metric) {
    return timestream.rows(
        "SELECT %s FROM \"%s\".\"%s\" WHERE measure_name = '%s' ORDER BY time"
            .formatted(columns, DATABASE, TABLE, metric));
  }

  /** The labels of a series: its metric, then names and values. */
  static Map<String, String> labels(String metric, String... pairs) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("__name__", metric);
    for (int i = 0; i < pairs.length; i += 2) {
      labels.put(pairs[i], pairs[i + 1]);
    }
    return labels;
  }

  @Override
  public void close() {
    connector.close();
    timestream.close();
  }
}
