// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes wrong is answered so that the sender keeps what it has, wherever somebody can mend it,
 * and is one line of the log.
 */
class ConnectorHandlerTest {

  private static final String KEYS =
      "Basic "
          + Base64.getEncoder()
              .encodeToString("AKIDSENDER:s3cret".getBytes(StandardCharsets.UTF_8));

  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private HttpServer timestream;
  private volatile int status = 200;
  private volatile String answer = "{}";

  @BeforeEach
  void listen() throws IOException {
    timestream = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    timestream.createContext("/", this::answer);
    timestream.start();
    String endpoint = "http://127.0.0.1:" + timestream.getAddress().getPort();
    environment.putAll(
        Map.of(
            "default_database", "prom",
            "default_table", "metrics",
            "enable_sigv4_auth", "false",
            "max_write_retries", "1",
            "max_read_retries", "1",
            "write_base_endpoint", endpoint,
            "query_base_endpoint", endpoint));
  }

  @AfterEach
  void close() {
    timestream.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void saysNothingWhereAllIsWell() throws Exception {
    answer = "{\"RecordsIngested\": {\"Total\": 1, \"MemoryStore\": 1, \"MagneticStore\": 0}}";
    assertThat(answered(write(sample()))).contains("\"statusCode\":204");
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ThrottlingException           | 429 | Rate exceeded
          InternalServerException       | 500 | Something broke
          AccessDeniedException         | 403 | User is not authorized to perform: timestream:WriteRecords
          ExpiredTokenException         | 403 | The security token included in the request is expired
          ResourceNotFoundException     | 404 | The table metrics does not exist.
          InvalidEndpointException      | 421 | The endpoint is not valid
          ServiceQuotaExceededException | 402 | The request was rejected, too many of them
          """)
  void keepsTheSendersDataWhateverTimestreamRefusesFor(String type, int statusOfIt, String message)
      throws Exception {
    status = statusOfIt;
    answer = "{\"__type\": \"%s\", \"Message\": \"%s\"}".formatted(type, message);
    assertKept(write(sample()));
  }

  @Test
  void keepsTheSendersDataWhereNobodyAnswers() throws Exception {
    timestream.stop(0);
    assertKept(write(sample()));
    assertThat(lines.getFirst()).contains("127.0.0.1");
  }

  @Test
  void keepsTheSendersDataWhereTheAnswerIsNoneOfTimestreams() throws Exception {
    answer = "<html>a proxy's page</html>";
    assertKept(write(sample()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null                  | the event is no JSON object
          [1]                   | the event is no JSON object
          {"rawPath"            | the event is not JSON
          {}                    | the event has no method and path
          {"Records": [{}]}     | the event has no method and path
          {"path": "/write", "httpMethod": "POST", "body": "%%%"} | the body is not base64
          {"path": "/write", "httpMethod": "POST", "body": "YQ=a"} | the body is not base64
          """)
  void keepsTheSendersDataWhereTheEventIsWrong(String event, String said) throws Exception {
    assertKept(event);
    assertThat(lines.getFirst()).contains(said);
  }

  @ParameterizedTest
  @CsvSource({
    "default_table, , default_table is missing",
    "default_database, 'a/b', 'a/b'",
    "max_write_retries, none, max_write_retries",
    "write_base_endpoint, ingest-cell1, write_base_endpoint",
    "log_level, loud, log_level",
    "region, no region, region"
  })
  void keepsTheSendersDataWhileAVariableIsWrong(String name, String value, String said)
      throws Exception {
    environment.put(name, value == null ? "" : value);
    assertKept(write(sample()));
    assertThat(lines.getFirst()).contains(said);
  }

  /** A repeat would be refused again: the sender goes on with what comes after. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "content-encoding": "gzip"                    | 415
          "content-type": "text/plain"                  | 415
          "authorization": "Bearer s3cret"              | 401
          "authorization": "Basic s3cret"               | 401
          """)
  void refusesWrongHeadersForGood(String header, int expected) throws Exception {
    assertRefused(write(sample()).replace("\"last\": \"\"", header), expected);
  }

  @Test
  void refusesARequestWithoutTheHeaderThatTheAwsConnectorAsksFor() throws Exception {
    String without = write(sample()).replace("x-prometheus-remote-write-version", "x-none");
    assertRefused(without, 400);
    assertThat(lines.getFirst()).contains("x-prometheus-remote-write-version is missing");
  }

  @Test
  void refusesWhatNeverCanBeStored() throws Exception {
    assertRefused(write(new byte[] {1, 2, 3}), 400);
    byte[] nameless = new WriteRequestEncoder().series("job", "node").sample(now(), 1).body();
    assertRefused(write(nameless), 400);
    status = 419;
    answer =
        """
        {"__type": "RejectedRecordsException", "Message": "One or more records have been rejected.",
         "RejectedRecords": [{"RecordIndex": 0, "Reason": "A record already exists."}]}
        """;
    assertRefused(write(sample()), 400);
  }

  private void assertKept(String event) throws IOException {
    lines.clear();
    assertThat(answered(event)).contains("\"statusCode\":503", "\"Retry-After\":");
    assertOneLine("ERROR");
  }

  private void assertRefused(String event, int expected) throws IOException {
    lines.clear();
    assertThat(answered(event)).contains("\"statusCode\":" + expected);
    assertOneLine("WARN");
  }

  private void assertOneLine(String level) {
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).startsWith(level).doesNotContain("\n", "s3cret");
    assertThat(lines.getFirst().length()).as(lines.getFirst()).isGreaterThan(20);
  }

  private String answered(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ConnectorHandler(environment)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            out,
            new LoggingContext(logger()));
    return out.toString(StandardCharsets.UTF_8);
  }

  private LambdaLogger logger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        lines.add(message);
      }

      @Override
      public void log(String message, LogLevel level) {
        lines.add(level + " " + message);
      }

      @Override
      public void log(byte[] message) {
        lines.add(new String(message, StandardCharsets.UTF_8));
      }
    };
  }

  private static byte[] sample() {
    return new WriteRequestEncoder()
        .series("__name__", "up", "job", "node")
        .sample(now(), 1)
        .body();
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  /** The last header of a name counts, as in any JSON. */
  private static String write(byte[] body) {
    return """
    {"version": "2.0", "rawPath": "/write", "requestContext": {"http": {"method": "POST"}},
     "headers": {"content-encoding": "snappy", "content-type": "application/x-protobuf",
       "x-prometheus-remote-write-version": "0.1.0", "authorization": "%s", "last": ""},
     "isBase64Encoded": true, "body": "%s"}
    """
        .formatted(KEYS, Base64.getEncoder().encodeToString(body));
  }
}
