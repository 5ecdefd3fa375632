// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.weir.environment.Variables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimingTest {

  private final List<String> lines = new ArrayList<>();
  private final LambdaLogger logger =
      new LambdaLogger() {
        @Override
        public void log(String message) {
          lines.add(message);
        }

        @Override
        public void log(byte[] message) {
          lines.add(new String(message, StandardCharsets.UTF_8));
        }
      };

  @Test
  void eachRehearsalIsAWriteThatSucceeds() throws IOException {
    // The handler logs every answer from 400 on, and priming what goes wrong.
    Priming.rehearse(logger, 3);
    assertThat(lines).isEmpty();

    Priming.rehearsal(new ConnectorHandler(Map.of()), logger, 1);
    assertThat(lines)
        .containsExactly("the environment variable default_database is missing; it is needed");
  }

  @Test
  void opensAConnectionToTheEndpointAndSendsNoCredentials() throws IOException {
    try (ServerSocket timestream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ConnectorFunction function = function(timestream.getLocalPort())) {
      StringBuilder asked = new StringBuilder();
      Thread answering = Thread.ofVirtual().start(() -> answer(timestream, asked));
      Priming.run(function, logger);
      join(answering);
      assertThat(asked.toString()).startsWith("GET /ping HTTP/1.1\r\n");
      assertThat(asked.toString().toLowerCase(Locale.ROOT)).doesNotContain("authorization");
    }
  }

  @Test
  void whereNobodyAnswersItIsSilentAndTheHandlerWorksOn() throws IOException {
    try (Socket closed = new Socket()) {
      closed.bind(new InetSocketAddress("127.0.0.1", 0)); // It has the port and does not listen.
      try (ConnectorFunction function = function(closed.getLocalPort())) {
        Priming.run(function, logger);
      }
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void afterASnapshotWasTakenTheHandlerOpensWhatItNeedsAnew() throws IOException {
    ConnectorHandler handler = new ConnectorHandler(environment(9));
    String event =
        """
        {"version": "2.0", "rawPath": "/elsewhere",
         "requestContext": {"http": {"method": "POST"}}, "body": ""}
        """;
    for (int i = 0; i < 2; i++) {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      handler.answer(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, logger);
      assertThat(answer.toString(StandardCharsets.UTF_8)).contains("\"statusCode\":404");
      handler.close();
    }
  }

  private ConnectorFunction function(int port) {
    Variables variables = new Variables(environment(port));
    return new ConnectorFunction(
        LambdaSettings.of(variables), FunctionLog.of(logger, variables), InstantSource.system());
  }

  private static Map<String, String> environment(int port) {
    return Map.of(
        "default_database",
        "metrics",
        "default_table",
        "prometheus",
        "write_base_endpoint",
        "http://127.0.0.1:" + port,
        "query_base_endpoint",
        "http://127.0.0.1:" + port);
  }

  private static void answer(ServerSocket timestream, StringBuilder asked) {
    try (Socket connection = timestream.accept()) {
      while (asked.indexOf("\r\n\r\n") < 0) {
        asked.append((char) connection.getInputStream().read());
      }
      connection
          .getOutputStream()
          .write("HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      asked.append(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
