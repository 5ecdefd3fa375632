// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks;

import dev.weir.query.ValueText;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.timestream.call.Answer;
import dev.weir.store.timestream.query.ReadAheadLimit;
import dev.weir.store.timestream.query.TimestreamReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamquery.model.QueryResponse;

/** From the bytes of a page of 1 MB to values, by Weir and by the SDK's typed client. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class QueryPageBenchmark {

  private static final int PAGE_BYTES = 1_000_000;
  private static final int POINTS = 240;
  private static final List<String> LABELS =
      List.of("cluster", "env", "instance", "job", "mode", "namespace", "pod", "region");
  private static final String SQL = "SELECT 1";
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  /** Series in rows of their own, or a row for each sample. */
  @Param({"series", "samples"})
  public String shape = "";

  private final Random random = new Random(20_261_122);
  private byte[] page = {};
  private TimestreamReader weir = reader();
  private TimestreamQueryClient sdk = client();

  private TimestreamReader reader() {
    return new TimestreamReader(
        (operation, body, deadline) -> new Answer.Done(page), CLOCK, random, new ReadAheadLimit());
  }

  /** Makes a page. */
  @Setup
  public void make() {
    StringBuilder json = new StringBuilder(PAGE_BYTES + 100_000);
    json.append("{\"ColumnInfo\":[");
    boolean grouped = shape.equals("series");
    for (String label : LABELS) {
      json.append("{\"Name\":\"")
          .append(label)
          .append("\",\"Type\":{\"ScalarType\":\"VARCHAR\"}},");
    }
    json.append(
        grouped
            ? "{\"Name\":\"s\",\"Type\":{\"TimeSeriesMeasureValueColumnInfo\":{\"Type\":{\"ScalarType\":\"DOUBLE\"}}}}"
            : "{\"Name\":\"time\",\"Type\":{\"ScalarType\":\"TIMESTAMP\"}},{\"Name\":\"value\",\"Type\":{\"ScalarType\":\"DOUBLE\"}}");
    json.append("],\"QueryId\":\"AEBQEAM\",\"QueryStatus\":{\"CumulativeBytesMetered\":0,")
        .append("\"CumulativeBytesScanned\":0,\"ProgressPercentage\":100.0},\"Rows\":[");
    int row = 0;
    while (json.length() < PAGE_BYTES) {
      json.append(row == 0 ? "" : ",").append("{\"Data\":[");
      for (String label : LABELS) {
        scalar(json, label + "-" + row / 50);
        json.append(',');
      }
      if (grouped) {
        json.append("{\"TimeSeriesValue\":[");
        for (int i = 0; i < POINTS; i++) {
          json.append(i == 0 ? "" : ",").append("{\"Time\":\"");
          ValueText.appendTimestamp(json, nanos(i));
          json.append("\",\"Value\":");
          scalar(json, Double.toString(value()));
          json.append('}');
        }
        json.append("]}");
      } else {
        json.append("{\"ScalarValue\":\"");
        ValueText.appendTimestamp(json, nanos(row));
        json.append("\"},");
        scalar(json, Double.toString(value()));
      }
      json.append("]}");
      row++;
    }
    json.append("]}");
    page = json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static long nanos(int index) {
    return (NOW.getEpochSecond() * 1_000 + index * 15_000L + 123) * 1_000_000;
  }

  private double value() {
    return random.nextInt(1_000_000) / 100.0;
  }

  private static void scalar(StringBuilder json, String text) {
    json.append("{\"ScalarValue\":\"").append(text).append("\"}");
  }

  /** All of it, into columns. */
  @Benchmark
  public QueryPage columns() {
    return weir.run(new QueryRequest(SQL, dev.weir.query.Scope.all(), NOW.plusSeconds(60)));
  }

  /**
   * All of it, into the SDK's objects; what stands in texts is not read yet. Signing the request is
   * some 50 µs of it.
   */
  @Benchmark
  public QueryResponse datums() {
    return sdk.query(request -> request.queryString(SQL));
  }

  private TimestreamQueryClient client() {
    return TimestreamQueryClient.builder()
        .httpClient(new Canned())
        .endpointDiscoveryEnabled(false)
        .endpointOverride(URI.create("http://127.0.0.1:1"))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("weir", "weir")))
        .build();
  }

  /** Answers every request with the page. */
  private final class Canned implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpResponse.builder()
                      .statusCode(200)
                      .putHeader("Content-Type", "application/x-amz-json-1.0")
                      .putHeader("Content-Length", Integer.toString(page.length))
                      .build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(page)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
