// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The measured server: a process of its own on a port of loopback, watched through /proc. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final long STOP_LIMIT_SECONDS = 60;
  private static final long CLOCK_TICKS_PER_SECOND = 100;

  private final Process process;
  private final InetSocketAddress address;
  private final Path dataFolder;
  private final HttpClient http = HttpClient.newHttpClient();

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

  private static ServerProcess start(List<String> command, int port, Path data, Path log)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    ServerProcess server =
        new ServerProcess(process, new InetSocketAddress("127.0.0.1", port), data);
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!server.ready()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("the server did not become ready; see " + log);
      }
      Thread.sleep(50);
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean ready() throws InterruptedException {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public InetSocketAddress address() {
    return address;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address.getPort() + path);
  }

  /** The exposition of the server's own metrics whose names contain one of the words. */
  List<String> metrics(String... words) throws IOException, InterruptedException {
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
    String stat = Files.readString(proc("stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (double) (Long.parseLong(fields[11]) + Long.parseLong(fields[12]))
        / CLOCK_TICKS_PER_SECOND;
  }

  /** The largest resident memory so far, in bytes. */
  public long peakResidentBytes() throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
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

  long pid() {
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
