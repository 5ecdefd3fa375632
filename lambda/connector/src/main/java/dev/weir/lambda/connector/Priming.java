// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.prometheus.write.WriteListener;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/**
 * Writes and reads once, against a port of this machine where nobody listens: decoding, packing,
 * signing and the way to the network are then in the snapshot. The failure is what is expected.
 */
final class Priming {

  private static final String NOBODY = "http://127.0.0.1:9";

  /** An empty ReadRequest, packed by snappy: one byte, the length 0. */
  private static final byte[] EMPTY_READ = {0};

  private Priming() {}

  static void run() {
    LambdaSettings settings =
        LambdaSettings.of(
            new Variables(
                Map.of(
                    "default_database", "priming",
                    "default_table", "priming",
                    "enable_sigv4_auth", "false",
                    "max_write_retries", "1",
                    "max_read_retries", "1",
                    "write_base_endpoint", NOBODY,
                    "query_base_endpoint", NOBODY)));
    InstantSource clock = InstantSource.system();
    ConnectorFunction function = new ConnectorFunction(settings, WriteListener.NONE, clock);
    byte[] write =
        new WriteRequestEncoder()
            .series("__name__", "priming", "instance", "none", "job", "none")
            .sample(clock.instant().toEpochMilli(), 1)
            .body();
    function.answer(request("/write", "x-prometheus-remote-write-version", write));
    function.answer(request("/read", "x-prometheus-remote-read-version", EMPTY_READ));
  }

  private static Request request(String path, String versionHeader, byte[] body) {
    String nobody =
        Base64.getEncoder().encodeToString("AKIDPRIMING:priming".getBytes(StandardCharsets.UTF_8));
    Headers headers =
        Headers.of(
            "Authorization",
            "Basic " + nobody,
            "Content-Encoding",
            "snappy",
            "Content-Type",
            "application/x-protobuf",
            versionHeader,
            "0.1.0");
    return new Request("POST", path, "", headers, body.length, new ByteArrayInputStream(body));
  }
}
