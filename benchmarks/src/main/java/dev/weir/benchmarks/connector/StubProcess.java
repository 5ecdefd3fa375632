// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import dev.weir.benchmarks.timestream.StubTimestream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The stand-in for Timestream, as a process. It ends when this one does. */
final class StubProcess implements AutoCloseable {

  private final Process process;
  private final URI address;
  private final URI tlsAddress;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StubProcess(Process process, int port, int tlsPort) {
    this.process = process;
    this.address = URI.create("http://127.0.0.1:" + port);
    this.tlsAddress = URI.create("https://127.0.0.1:" + tlsPort);
  }

  static StubProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StubTimestream.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    try {
      int port = number(out, "port ");
      boolean tls = Stream.of(arguments).anyMatch(each -> each.startsWith("--identity="));
      return new StubProcess(process, port, tls ? number(out, "tls ") : 0);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int number(BufferedReader out, String name) throws IOException {
    String line = out.readLine();
    if (line == null || !line.startsWith(name)) {
      throw new IOException("the stub did not start: " + line);
    }
    return Integer.parseInt(line.substring(name.length()));
  }

  URI address() {
    return address;
  }

  /** The same in TLS, where the arguments name an identity. */
  URI tlsAddress() {
    return tlsAddress;
  }

  /** What was counted since the last reset; afterwards everything is 0 but CPU time. */
  Counted take() throws IOException, InterruptedException {
    Counted counted = new Counted(get("/figures"));
    get("/reset");
    return counted;
  }

  /** Changes delays and checks, such as {@code write-delay=10&check=sample}. */
  void set(String settings) throws IOException, InterruptedException {
    get("/settings?" + settings);
  }

  /** Makes a call of WriteRecords by hand; gives the status. */
  int write(String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "Timestream_20181101.WriteRecords")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("the stub said " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  /** The figures of the stub, as it gives them. */
  record Counted(String json) {

    /** A number by its name. */
    long number(String name) {
      Matcher number = Pattern.compile('"' + name + "\":(\\d+)").matcher(json);
      if (!number.find()) {
        throw new IllegalStateException("the stub counts no " + name + ": " + json);
      }
      return Long.parseLong(number.group(1));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
