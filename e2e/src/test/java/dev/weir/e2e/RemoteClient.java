// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Remote write and remote read of the protocol, over HTTP, with nothing of Weir's own code. */
final class RemoteClient {
  private static final String[] WRITE_HEADERS = {
    "Content-Type", "application/x-protobuf",
    "Content-Encoding", "snappy",
    "X-Prometheus-Remote-Write-Version", "0.1.0"
  };

  private final Web web;
  private final String prefix;
  private final String[] headers;

  RemoteClient(Web web) {
    this(web, "/api/v1");
  }

  private RemoteClient(Web web, String prefix, String... moreHeaders) {
    this.web = web;
    this.prefix = prefix;
    this.headers = Stream.of(WRITE_HEADERS, moreHeaders).flatMap(Stream::of).toArray(String[]::new);
  }

  /** As a sender that was set up for the AWS connector: its paths, with credentials. */
  static RemoteClient ofConnector(Web web, String... moreHeaders) {
    return new RemoteClient(web, "", moreHeaders);
  }

  /** Name and value of the header of Basic authorization. */
  static String[] basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)};
  }

  HttpResponse<byte[]> write(byte[] body) {
    return web.post(prefix + "/write", body, headers);
  }

  HttpResponse<byte[]> read(byte[] body) {
    return web.post(prefix + "/read", body, headers);
  }

  /** The samples that queries find, which must succeed. */
  ReadAnswer read(ReadQuery... queries) {
    HttpResponse<byte[]> response = read(ReadQuery.request(queries));
    assertThat(response.statusCode()).as(() -> text(response)).isEqualTo(200);
    return ReadAnswer.of(response.body());
  }

  /** Status and text, for a message or to look at. */
  static String text(HttpResponse<byte[]> response) {
    return response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Takes every sample of one metric: by label set, the values by time in milliseconds. */
  interface SampleTaker {
    void take(Map<String, String> labels, long timeMillis, double value);
  }

  /** Reads a metric whole, as samples. */
  void readAll(String metric, long startMillis, long endMillis, SampleTaker taker) {
    List<SeriesRead> found =
        read(ReadQuery.between(startMillis, endMillis).equal("__name__", metric)).only();
    for (SeriesRead series : found) {
      for (SampleRead sample : series.samples()) {
        taker.take(series.labels(), sample.timeMillis(), Double.longBitsToDouble(sample.bits()));
      }
    }
  }
}
