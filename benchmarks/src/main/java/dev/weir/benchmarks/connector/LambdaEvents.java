// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import dev.weir.benchmarks.load.MadeSeries;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Remote writes as an HTTP API hands them to a function (payload 2.0): one scrape each. */
final class LambdaEvents {

  static final int SAMPLES = 500;

  private static final int SERIES_PER_TARGET = 100;
  private static final String EVENT =
      """
      {"version": "2.0", "routeKey": "POST /write", "rawPath": "/dev/write", "rawQueryString": "",
       "headers": {"content-encoding": "snappy", "content-type": "application/x-protobuf",
        "x-prometheus-remote-write-version": "0.1.0", "user-agent": "Prometheus/3.5.0"},
       "requestContext": {"accountId": "123456789012", "apiId": "api", "stage": "dev",
        "http": {"method": "POST", "path": "/dev/write", "protocol": "HTTP/1.1"}},
       "isBase64Encoded": true, "body": "%s"}
      """;

  private LambdaEvents() {}

  /** All series with one sample each; the number makes the values. */
  static byte[] write(long timeMillis, int number) {
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int series = 0; series < SAMPLES; series++) {
      request
          .series(MadeSeries.labels(series / SERIES_PER_TARGET, series % SERIES_PER_TARGET))
          .sample(timeMillis, series + number / 8.0);
    }
    return EVENT
        .formatted(Base64.getEncoder().encodeToString(request.body()))
        .getBytes(StandardCharsets.US_ASCII);
  }
}
