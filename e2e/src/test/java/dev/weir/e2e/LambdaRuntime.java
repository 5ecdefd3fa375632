// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A function from its zip, run as Lambda runs it: Amazon's runtime interface client in a process of
 * its own loads the handler by its name, and asks a local Runtime API for events (Lambda developer
 * guide, "Using the Lambda runtime API").
 */
final class LambdaRuntime implements AutoCloseable {

  private static final String API = "/2018-06-01/runtime";
  private static final long ANSWER_LIMIT_SECONDS = 60;

  private final HttpServer server;
  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final RealProcess process;

  private LambdaRuntime(HttpServer server, RealProcess process) {
    this.server = server;
    this.process = process;
  }

  /**
   * Starts a function.
   *
   * @param snapshot whether it starts as before a snapshot: primed, then restored
   */
  static LambdaRuntime start(
      Path folder, Path zip, String handler, Map<String, String> environment, boolean snapshot) {
    try {
      Path unpacked = Files.createTempDirectory(folder, "function");
      unpack(zip, unpacked);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Map<String, String> all = new HashMap<>(environment);
      all.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort());
      all.put("LAMBDA_TASK_ROOT", unpacked.toString());
      all.put("AWS_LAMBDA_FUNCTION_NAME", "connector");
      all.put("AWS_LAMBDA_INITIALIZATION_TYPE", snapshot ? "snap-start" : "on-demand");
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx400m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              // As Lambda has it: without it nobody is told of a snapshot.
              "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
              "-cp",
              unpacked + ":" + unpacked + "/lib/*:" + runtimeJars(),
              "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
              handler);
      Path log = Files.createTempFile(folder, "lambda", ".log");
      LambdaRuntime runtime =
          new LambdaRuntime(server, RealProcess.start("the function", log, command, all));
      runtime.listen();
      return runtime;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Lambda has on the machine already; everything else must be in the zip. */
  private static String runtimeJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar ->
            jar.contains("aws-lambda-java-runtime-interface-client")
                || jar.contains("aws-lambda-java-serialization"))
        .collect(Collectors.joining(":"));
  }

  /** As Lambda does before it starts a function. */
  static void unpack(Path zip, Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
        }
      }
    }
  }

  private void listen() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(API + "/invocation/next", this::next);
    server.createContext(API + "/restore/next", exchange -> answer(exchange, 200, new byte[0]));
    server.createContext(API + "/invocation/", this::take);
    server.createContext(API + "/init/error", this::take);
    server.start();
  }

  private void next(HttpExchange exchange) throws IOException {
    byte[] event;
    try {
      event = events.take();
    } catch (InterruptedException e) {
      exchange.close();
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", "4102444800000");
    exchange
        .getResponseHeaders()
        .set(
            "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:1:function:connector");
    answer(exchange, 200, event);
  }

  /** An answer to an event, or an error that would be a 502 at API Gateway. */
  private void take(HttpExchange exchange) throws IOException {
    String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    answers.add(path.endsWith("/response") ? said : "error: " + said);
    answer(exchange, 202, new byte[0]);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    // The client's native part takes a missing content type for a text, and crashes.
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Hands the function an event and waits for its answer, JSON as API Gateway takes it. */
  String invoke(String event) {
    events.add(event.getBytes(StandardCharsets.UTF_8));
    try {
      String answer = answers.poll(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
      if (answer == null || answer.startsWith("error: ")) {
        throw new AssertionError("the function gave " + answer + "; " + process.lastOutput());
      }
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String log() {
    return process.output();
  }

  @Override
  public void close() {
    process.close();
    server.stop(0);
  }
}
