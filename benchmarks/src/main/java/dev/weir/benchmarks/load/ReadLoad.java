// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Asks the same kind of question again and again, one after the other, and times the answers. */
final class ReadLoad {
  private final ServerProcess server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ReadLoad(ServerProcess server) {
    this.server = server;
  }

  /**
   * The times of one kind of query.
   *
   * @param answerNanos sorted; from the request to the last byte of the answer
   * @param answerBytes of the last answer
   * @param serverCpuSeconds of the server a query, with what it spent on writes meanwhile
   */
  record Outcome(
      String name, long samples, long answerBytes, double serverCpuSeconds, long[] answerNanos) {}

  /** Every answer is decoded after its time was taken; a wrong number of samples ends the run. */
  Outcome run(int warmUp, int times, IntFunction<ReadQuery> queries)
      throws IOException, InterruptedException {
    long[] nanos = new long[times];
    long bytes = 0;
    double cpuBefore = 0;
    for (int run = -warmUp; run < times; run++) {
      if (run == 0) {
        cpuBefore = server.cpuSeconds();
      }
      ReadQuery query = queries.apply(run + warmUp);
      HttpRequest request = request(query);
      long before = System.nanoTime();
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      long elapsed = System.nanoTime() - before;
      check(query, response);
      bytes = response.body().length;
      if (run >= 0) {
        nanos[run] = elapsed;
      }
    }
    double cpu = (server.cpuSeconds() - cpuBefore) / times;
    Arrays.sort(nanos);
    ReadQuery first = queries.apply(0);
    return new Outcome(first.name(), first.expectedSamples(), bytes, cpu, nanos);
  }

  private HttpRequest request(ReadQuery query) throws IOException {
    return HttpRequest.newBuilder(server.uri("/api/v1/read"))
        .header("Content-Type", "application/x-protobuf")
        .header("Content-Encoding", "snappy")
        .header("Accept-Encoding", "snappy")
        .header("X-Prometheus-Remote-Read-Version", "0.1.0")
        .POST(HttpRequest.BodyPublishers.ofByteArray(query.encode()))
        .build();
  }

  private static void check(ReadQuery query, HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException(
          query.name()
              + ": status "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    long samples =
        query.streamed()
            ? ReadAnswer.streamedSamples(response.body())
            : ReadAnswer.samples(response.body());
    if (samples != query.expectedSamples()) {
      throw new IOException(
          "%s: %d samples instead of %d".formatted(query.name(), samples, query.expectedSamples()));
    }
  }
}
