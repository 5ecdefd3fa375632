// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.xerial.snappy.Snappy;

/** Writes and reads single samples as Prometheus would, with bodies made by hand. */
final class PrometheusClient implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  PrometheusClient(String address) {
    this.address = address;
  }

  /** Writes one sample and gives the status. */
  int write(String metric, long epochMillis, double value)
      throws IOException, InterruptedException {
    byte[] body =
        new WriteRequestEncoder()
            .series("__name__", metric, "job", "test")
            .sample(epochMillis, value)
            .body();
    return post("/api/v1/write", body).statusCode();
  }

  /** Whether a remote read of the metric around that time brings exactly that value. */
  boolean reads(String metric, long epochMillis, double value)
      throws IOException, InterruptedException {
    ByteArrayOutputStream matcher = new ByteArrayOutputStream();
    bytes(matcher, 2, "__name__".getBytes(StandardCharsets.UTF_8));
    bytes(matcher, 3, metric.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    integer(query, 1, epochMillis - 1_000);
    integer(query, 2, epochMillis + 1_000);
    bytes(query, 3, matcher.toByteArray());
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    bytes(request, 1, query.toByteArray());
    HttpResponse<byte[]> response = post("/api/v1/read", Snappy.compress(request.toByteArray()));
    if (response.statusCode() != 200) {
      throw new AssertionError(
          response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
    }
    // A sample is field 1, a fixed 64-bit double, then field 2, the time as a varint.
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.write(1 << 3 | 1);
    sample.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    integer(sample, 2, epochMillis);
    return text(Snappy.uncompress(response.body())).contains(text(sample.toByteArray()));
  }

  /** The body of a GET. */
  String get(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpResponse<byte[]> post(String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    out.write(field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void integer(ByteArrayOutputStream out, int field, long value) {
    out.write(field << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Each byte as one character, so that a part can be searched. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
