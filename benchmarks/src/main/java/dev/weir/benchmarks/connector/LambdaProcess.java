// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function as Lambda's Java runtime starts it: Amazon's runtime interface client is the program,
 * and loads the unpacked zip from its working folder by a class loader of its own.
 */
final class LambdaProcess implements AutoCloseable {

  static final int MEMORY_MB = 512;

  /** Lambda gives the heap 85 % of a function's memory, in KiB. */
  private static final int HEAP_KB = (int) (MEMORY_MB * 1_024 * 0.85);

  private static final String HANDLER = "dev.weir.lambda.connector.ConnectorHandler::handleRequest";
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final String STOP_AT_FIRST_TIER = "-XX:TieredStopAtLevel=1";
  private static final long TICKS_PER_SECOND = 100;
  private static final long STOP_LIMIT_SECONDS = 60;

  private final RuntimeApi api;
  private final Process process;
  private final long begunNanos;

  private LambdaProcess(RuntimeApi api, Process process, long begunNanos) {
    this.api = api;
    this.process = process;
    this.begunNanos = begunNanos;
  }

  /**
   * How a function is started.
   *
   * @param snapshot as before a snapshot is taken; Lambda then lets the second compiler run, too
   * @param onClassPath whether the JVM's own loader has the function, in the runtime's stead
   * @param flags more of the JVM's
   */
  record Way(String name, boolean snapshot, boolean onClassPath, List<String> flags) {

    Way named(String other) {
      return new Way(other, snapshot, onClassPath, flags);
    }

    Way with(String flag) {
      return new Way(
          name, snapshot, onClassPath, Stream.concat(flags.stream(), Stream.of(flag)).toList());
    }
  }

  /** Starts a function on one core; it is ready when it asks for an event. */
  static LambdaProcess start(Path folder, Path log, Way way, Map<String, String> environment)
      throws IOException {
    RuntimeApi api = RuntimeApi.open();
    ProcessBuilder builder = new ProcessBuilder(command(folder, way));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("LAMBDA_TASK_ROOT", folder.toString());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "connector");
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(MEMORY_MB));
    builder
        .environment()
        .put("AWS_LAMBDA_INITIALIZATION_TYPE", way.snapshot() ? "snap-start" : "on-demand");
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    long begun = System.nanoTime();
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new LambdaProcess(api, process, begun);
  }

  private static List<String> command(Path folder, Way way) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("taskset", "-c", "0"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:MaxHeapSize=" + HEAP_KB + "k", "-XX:+UseSerialGC"));
    if (!way.snapshot()) {
      command.addAll(List.of("-XX:+TieredCompilation", STOP_AT_FIRST_TIER));
    }
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    command.add("-Djava.net.preferIPv4Stack=true");
    command.add("-XX:+ErrorFileToStderr");
    command.addAll(way.flags());
    String runtime = runtimeJars();
    if (way.onClassPath()) {
      try (Stream<Path> libraries = Files.list(folder.resolve("lib"))) {
        runtime +=
            libraries
                .map(Path::toString)
                .sorted()
                .collect(Collectors.joining(File.pathSeparator, File.pathSeparator, ""));
      }
    }
    command.addAll(List.of("-classpath", runtime, CLIENT + "AWSLambda", HANDLER));
    return command;
  }

  /** What Lambda has on the machine already; everything else must be in the zip. */
  private static String runtimeJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(jar -> Path.of(jar).toAbsolutePath().toString())
        .filter(jar -> jar.contains("aws-lambda-java-") || jar.contains("utils-lite"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** From the start of the process until it asked for its first event. */
  double initMillis() throws IOException, InterruptedException {
    return (api.awaitAsked() - begunNanos) / 1e6;
  }

  /** From an event to its answer, in milliseconds; the function then waits for another. */
  double invoke(byte[] event) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    RuntimeApi.Answered answer = api.invoke(event);
    if (!answer.text().contains("\"statusCode\":204")) {
      throw new IOException("the function answered " + answer.text());
    }
    api.awaitAsked();
    return (answer.atNanos() - begun) / 1e6;
  }

  /** CPU time of all its threads so far, in seconds. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(proc("stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (double) (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** The most memory that was resident. */
  long peakResidentBytes() throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElseThrow(() -> new IOException("the kernel tells no VmHWM"));
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  /** Ends it as Lambda does, and waits until it is gone. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the function did not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }
}
