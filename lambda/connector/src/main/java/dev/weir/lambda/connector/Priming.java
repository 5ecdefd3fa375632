// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/**
 * What would make the first request slow, done while Lambda starts the function and nobody waits: a
 * connection to Timestream is opened, and writes are rehearsed with a peer on this machine, so that
 * their classes are loaded and, before a snapshot, compiled.
 */
final class Priming {

  /** Less than the 10 s that Lambda has for a start; what takes longer is left to a request. */
  static final Duration REACH_TIME = Duration.ofSeconds(2);

  /** Two seconds of CPU that no start pays for; what is hot has been compiled by then. */
  static final int REHEARSALS_BEFORE_SNAPSHOT = 100;

  /** As many as Timestream takes in a call, so that a rehearsal is one call. */
  private static final int SAMPLES = 100;

  private static final String EVENT =
      """
      {"version": "2.0", "rawPath": "/write", "headers": {"authorization": "Basic %s",
       "content-encoding": "snappy", "content-type": "application/x-protobuf",
       "x-prometheus-remote-write-version": "0.1.0"},
       "requestContext": {"http": {"method": "POST"}}, "isBase64Encoded": true, "body": "%s"}
      """;

  private static final byte[] NOBODY = "AKIDPRIMING:priming".getBytes(StandardCharsets.UTF_8);

  private Priming() {}

  /** Opens the connection while it rehearses once. */
  static void run(ConnectorFunction function, LambdaLogger logger) {
    Thread reaching =
        Thread.ofVirtual().name("weir-priming").start(() -> function.reach(REACH_TIME));
    rehearse(logger, 1);
    try {
      reaching.join(REACH_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes a number of times, from the event to the answer. */
  static void rehearse(LambdaLogger logger, int times) {
    try (RehearsalPeer peer = RehearsalPeer.open(SAMPLES)) {
      ConnectorHandler handler =
          new ConnectorHandler(
              Map.of(
                  "default_database", "priming",
                  "default_table", "priming",
                  "enable_sigv4_auth", "false",
                  "max_write_retries", "1",
                  "max_read_retries", "1",
                  "write_base_endpoint", peer.address().toString(),
                  "query_base_endpoint", peer.address().toString()));
      rehearsal(handler, logger, times);
      handler.close();
    } catch (IOException | RuntimeException e) {
      // Requests don't need it; they are slower without.
      logger.log("priming failed: " + e, LogLevel.WARN);
    }
  }

  static void rehearsal(ConnectorHandler handler, LambdaLogger logger, int times)
      throws IOException {
    byte[] event = event(InstantSource.system().instant());
    for (int i = 0; i < times; i++) {
      handler.answer(new ByteArrayInputStream(event), OutputStream.nullOutputStream(), logger);
    }
  }

  private static byte[] event(Instant now) {
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < SAMPLES; i++) {
      request
          .series("__name__", "priming", "instance", "host-" + i, "job", "none")
          .sample(now.toEpochMilli(), i / 8.0);
    }
    return EVENT
        .formatted(base64(NOBODY), base64(request.body()))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
