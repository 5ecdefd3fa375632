// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The measured server: a process of its own on a port of loopback, watched through /proc. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final long STOP_LIMIT_SECONDS = 60;
  private static final long CLOCK_TICKS_PER_SECOND = 100;
  private static final long READY_POLL_MILLIS = 2;
  private static final int READY_ANSWER_MILLIS = 5_000;
  private static final String READY_REQUEST =
      "GET /-/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  private static final String READY_ANSWER = "HTTP/1.1 200 ";
  private static final String JAVA_OPTIONS = "WEIR_JAVA_OPTS";

  private final Process process;
  private final InetSocketAddress address;
  private final Path dataFolder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Duration readyAfter = Duration.ZERO;

  private ServerProcess(Process process, InetSocketAddress address, Path dataFolder) {
    this.process = process;
    this.address = address;
    this.dataFolder = dataFolder;
  }

  /** Weir by its own launcher, so that it runs with the flags that a user gets. */
  public static ServerProcess weir(Path launcher, Path work)
      throws IOException, InterruptedException {
    int port = freePort();
    Path data = work.resolve("data");
    return start(
        List.of(
            launcher.toAbsolutePath().toString(),
            "serve",
            "--self-scrape=false",
            "--data-dir=" + data,
            "--web.listen-address=127.0.0.1:" + port),
        port,
        data,
        work.resolve("weir.log"));
  }

  /** A Prometheus that takes remote write, for comparison. */
  static ServerProcess prometheus(Path binary, Path work) throws IOException, InterruptedException {
    int port = freePort();
    Path data = work.resolve("data");
    Path configuration = work.resolve("prometheus.yml");
    Files.writeString(configuration, "global: {scrape_interval: 1h}\n");
    return start(
        List.of(
            binary.toString(),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + data,
            "--storage.tsdb.retention.time=30d",
            "--web.enable-remote-write-receiver",
            "--web.console.libraries=" + work,
            "--web.console.templates=" + work,
            "--web.listen-address=127.0.0.1:" + port),
        port,
        data,
        work.resolve("prometheus.log"));
  }

  /**
   * A connector by its launcher, with credentials from each request.
   *
   * @param upstream where WriteRecords and Query go
   * @param javaOptions more flags of the JVM, behind those that the environment gives
   */
  public static ServerProcess connector(
      Path launcher, Path work, URI upstream, List<String> javaOptions)
      throws IOException, InterruptedException {
    int port = freePort();
    String given = System.getenv().getOrDefault(JAVA_OPTIONS, "");
    return start(
        List.of(
            launcher.toAbsolutePath().toString(),
            "connector",
            "--default-database=metrics",
            "--default-table=prometheus",
            "--region=us-east-1",
            "--write-base-endpoint=" + upstream,
            "--query-base-endpoint=" + upstream,
            "--web.listen-address=127.0.0.1:" + port),
        Map.of(JAVA_OPTIONS, (given + " " + String.join(" ", javaOptions)).strip()),
        port,
        work,
        work.resolve("connector.log"));
  }

  private static ServerProcess start(List<String> command, int port, Path data, Path log)
      throws IOException, InterruptedException {
    return start(command, Map.of(), port, data, log);
  }

  private static ServerProcess start(
      List<String> command, Map<String, String> environment, int port, Path data, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    long begun = System.nanoTime();
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    ServerProcess server =
        new ServerProcess(process, new InetSocketAddress("127.0.0.1", port), data);
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!server.ready()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("the server did not become ready; see " + log);
      }
      Thread.sleep(READY_POLL_MILLIS);
    }
    server.readyAfter = Duration.ofNanos(System.nanoTime() - begun);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** By a bare socket: asking again and again must not take CPU from the one that starts. */
  private boolean ready() {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(READY_ANSWER_MILLIS);
      socket.getOutputStream().write(READY_REQUEST.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(READY_ANSWER.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(READY_ANSWER);
    } catch (IOException e) {
      return false;
    }
  }

  /** From the start of the process to its first 200 of {@code /-/ready}. */
  public Duration readyAfter() {
    return readyAfter;
  }

  public InetSocketAddress address() {
    return address;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address.getPort() + path);
  }

  /** The exposition of the server's own metrics whose names contain one of the words. */
  public List<String> metrics(String... words) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .filter(line -> Stream.of(words).anyMatch(line::contains))
        .toList();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** CPU time in user and kernel mode since the start, in seconds. */
  public double cpuSeconds() throws IOException {
    return cpuSeconds(Files.readString(proc("stat"), StandardCharsets.ISO_8859_1));
  }

  /** The same of the threads that there are now whose names begin so. */
  public double cpuSecondsOfThreads(String... prefixes) throws IOException {
    double seconds = 0;
    try (Stream<Path> threads = Files.list(proc("task"))) {
      for (Path thread : threads.toList()) {
        try {
          String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
          String name = stat.substring(stat.indexOf('(') + 1);
          seconds += Stream.of(prefixes).anyMatch(name::startsWith) ? cpuSeconds(stat) : 0;
        } catch (NoSuchFileException e) {
          continue; // it has ended
        }
      }
    }
    return seconds;
  }

  private static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (double) (Long.parseLong(fields[11]) + Long.parseLong(fields[12]))
        / CLOCK_TICKS_PER_SECOND;
  }

  /** The largest resident memory so far, in bytes. */
  public long peakResidentBytes() throws IOException {
    return statusBytes("VmHWM:");
  }

  /** The resident memory now, in bytes. */
  public long residentBytes() throws IOException {
    return statusBytes("VmRSS:");
  }

  private long statusBytes(String name) throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElse(0);
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  /** The lengths of all files in the data folder. */
  long fileBytes() throws IOException {
    try (Stream<Path> files = Files.walk(dataFolder)) {
      return files.filter(Files::isRegularFile).mapToLong(ServerProcess::lengthOrZero).sum();
    }
  }

  /** A file may go while we look. */
  private static long lengthOrZero(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Asks it to end, and gives the exit status, or -1 when it had to be killed. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue();
    }
    close();
    return -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
