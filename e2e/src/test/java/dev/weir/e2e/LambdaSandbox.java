// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.e2e.aws.Invocation;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * One process in which a function runs, with the Runtime API that it asks for events (Lambda
 * developer guide, "Using the Lambda runtime API"). It ends with its process. One event at a time.
 */
final class LambdaSandbox implements AutoCloseable {

  static {
    // The JDK's server writes an answer in two pieces; the second would wait 40 ms for the client.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String API = "/2018-06-01/runtime";
  private static final long POLL_MILLIS = 20;

  private final HttpServer server;
  private final String arn;
  private final Duration timeout;
  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Invocation> answers = new LinkedBlockingQueue<>();
  private final RealProcess process;

  /** Starts the function of an unpacked zip; its output is appended to the log. */
  LambdaSandbox(
      DeployedCode code, Map<String, String> environment, boolean snapshot, Path unpacked, Path log)
      throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.arn = code.arn();
    this.timeout = code.timeout();
    listen();
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort());
    all.put("LAMBDA_TASK_ROOT", unpacked.toString());
    all.put("AWS_LAMBDA_FUNCTION_NAME", code.name());
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
            code.handler());
    this.process = RealProcess.start("the function " + code.name(), log, command, all);
  }

  /** What Lambda has on the machine already; everything else must be in the zip. */
  private static String runtimeJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar ->
            jar.contains("aws-lambda-java-runtime-interface-client")
                || jar.contains("aws-lambda-java-serialization"))
        .collect(Collectors.joining(":"));
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
    long deadline = System.currentTimeMillis() + timeout.toMillis();
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", arn);
    answer(exchange, 200, event);
  }

  /** An answer to an event, or an error, at the start too. */
  private void take(HttpExchange exchange) throws IOException {
    String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    answers.add(
        path.endsWith("/response") ? new Invocation.Answered(said) : new Invocation.Failed(said));
    answer(exchange, 202, new byte[0]);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    // The client's native part takes a missing content type for a text, and crashes.
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Hands over an event and waits for its answer; a process that is late is ended, as Lambda's. */
  Invocation invoke(String event) {
    events.add(event.getBytes(StandardCharsets.UTF_8));
    // The start of the process is not in Lambda's timeout.
    long end = System.nanoTime() + timeout.plusSeconds(20).toNanos();
    try {
      while (System.nanoTime() < end) {
        Invocation answer = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (answer != null) {
          return answer;
        }
        if (!process.isAlive()) {
          Invocation last = answers.poll();
          return last == null ? new Invocation.Failed("Runtime exited") : last;
        }
      }
      process.kill();
      return new Invocation.Failed("Task timed out after " + timeout);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, whatever it is doing. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
    server.stop(0);
  }

  String lastOutput() {
    return process.lastOutput();
  }
}
