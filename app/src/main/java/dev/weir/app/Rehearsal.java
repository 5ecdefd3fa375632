// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app;

import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A start without an audience: runs a verb on a free port of loopback, asks of it what a Prometheus
 * asks in its first minute, and ends. The launcher of an unpacked archive lets the JVM record it,
 * for the ahead-of-time cache of the starts to come. Nothing of the operator's settings is read.
 */
final class Rehearsal {

  private static final Duration READY_WAIT = Duration.ofSeconds(60);
  private static final int REQUEST_MILLIS = 10_000;
  private static final int POLL_MILLIS = 20;
  private static final int ROUNDS = 10;
  private static final int OK = 200;

  /** An empty ReadRequest, packed by snappy: one byte, the length 0. */
  private static final byte[] EMPTY_READ = {0};

  private final URI server;
  private final InstantSource clock;

  private Rehearsal(URI server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /**
   * Plays it; the process ends within, with code 0 if all went well.
   *
   * @param folder where a {@code weir.yaml} is looked for: one of the launcher's making
   */
  static void play(Verb verb, Path folder, String... flags) throws Exception {
    int port = freePort();
    List<String> words = new ArrayList<>(List.of(verb.name()));
    words.addAll(List.of(flags));
    words.add("--web.listen-address=127.0.0.1:" + port);
    Terminal terminal = new Terminal(System.out, System.err, Map.of(), folder);
    Thread.ofPlatform()
        .name("main-of-" + verb.name())
        .start(() -> System.exit(new CommandLine(List.of(verb), terminal).run(words)));
    Rehearsal rehearsal =
        new Rehearsal(URI.create("http://127.0.0.1:" + port), InstantSource.system());
    rehearsal.awaitReady();
    for (int round = 0; round < ROUNDS; round++) {
      rehearsal.ask();
    }
    System.exit(0);
  }

  private void awaitReady() throws IOException, InterruptedException {
    Instant giveUp = clock.instant().plus(READY_WAIT);
    while (!isReady()) {
      if (clock.instant().isAfter(giveUp)) {
        throw new IllegalStateException("it was not ready within " + READY_WAIT);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean isReady() throws IOException {
    try {
      return get("/-/ready") == OK;
    } catch (ConnectException _) {
      return false;
    }
  }

  /** What is answered does not matter: the connector has no Timestream here. */
  private void ask() throws IOException {
    byte[] write =
        new WriteRequestEncoder()
            .series("__name__", "rehearsal", "instance", "none", "job", "weir")
            .sample(clock.instant().toEpochMilli(), 1)
            .body();
    post("/api/v1/write", "X-Prometheus-Remote-Write-Version", write);
    post("/api/v1/read", "X-Prometheus-Remote-Read-Version", EMPTY_READ);
    get("/metrics");
  }

  private int get(String path) throws IOException {
    return status(connection(path));
  }

  private void post(String path, String versionHeader, byte[] body) throws IOException {
    HttpURLConnection connection = connection(path);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-protobuf");
    connection.setRequestProperty("Content-Encoding", "snappy");
    connection.setRequestProperty(versionHeader, "0.1.0");
    connection.setRequestProperty(
        "Authorization",
        "Basic "
            + Base64.getEncoder().encodeToString("NOBODY:none".getBytes(StandardCharsets.UTF_8)));
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    status(connection);
  }

  private HttpURLConnection connection(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) server.resolve(path).toURL().openConnection();
    connection.setConnectTimeout(REQUEST_MILLIS);
    connection.setReadTimeout(REQUEST_MILLIS);
    return connection;
  }

  private static int status(HttpURLConnection connection) throws IOException {
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
