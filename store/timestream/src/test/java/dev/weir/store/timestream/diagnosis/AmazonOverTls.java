// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A real server on loopback that answers each operation as a test says. */
final class AmazonOverTls implements AutoCloseable {

  private record Scripted(int status, String body) {}

  private final HttpsServer server;
  private final Map<String, Scripted> answers = new ConcurrentHashMap<>();
  private final Map<String, String> asked = new ConcurrentHashMap<>();

  AmazonOverTls(SSLContext identity) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(identity));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    answers("DescribeTable", 200, table("true"));
    refuses("WriteRecords", 419, "RejectedRecordsException", "One or more records are rejected.");
    answers("Query", 200, "{\"QueryId\":\"A\",\"Rows\":[],\"ColumnInfo\":[]}");
  }

  static String table(String magneticWrites) {
    return """
    {"Table":{"TableName":"metrics","TableStatus":"ACTIVE",
     "RetentionProperties":{"MemoryStoreRetentionPeriodInHours":24,
      "MagneticStoreRetentionPeriodInDays":365},
     "MagneticStoreWriteProperties":{"EnableMagneticStoreWrites":%s}}}
    """
        .formatted(magneticWrites);
  }

  void answers(String operation, int status, String body) {
    answers.put(operation, new Scripted(status, body));
  }

  void refuses(String operation, int status, String type, String message) {
    answers(
        operation,
        status,
        "{\"__type\":\"com.amazonaws.timestream.v20181101#%s\",\"Message\":\"%s\"}"
            .formatted(type, message));
  }

  /** What an operation was called with last; empty where it never was. */
  String asked(String operation) {
    return asked.getOrDefault(operation, "");
  }

  /** This server by a name of Amazon's. */
  URI by(String host) {
    return URI.create("https://" + host + ":" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String operation = target.substring(target.indexOf('.') + 1);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean signed = exchange.getRequestHeaders().containsKey("Authorization");
    if (signed) {
      asked.put(operation, body);
    }
    Scripted answer =
        signed && answers.containsKey(operation)
            ? answers.get(operation)
            : new Scripted(403, "{\"__type\":\"MissingAuthenticationTokenException\"}");
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
