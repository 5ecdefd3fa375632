// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the folder that runs out of the jars that Maven has collected. Maven starts it as a source
 * file while it packages {@code app}: {@code java AssembleDistribution.java GATHERED
 * CLASS_PATH_FILE DISTRIBUTION BUILD_STARTED}.
 *
 * <p>It takes DuckDB's native libraries out of their jar and lays this machine's one beside it.
 * From the jar it would be unpacked into the folder for temporary files at every start, 70 MB that
 * a killed process leaves behind. Then it starts Weir once, lets it write, read and answer a
 * scrape, and keeps what the JVM learned as an ahead-of-time cache, which halves the time to start;
 * and once more as the connector, with that Weir in Timestream's place, since its JVM is another.
 * The caches are a gain, not a need: without them the build goes on and says so.
 */
final class AssembleDistribution {

  private static final String NATIVE_PREFIX = "libduckdb_java.so_";
  private static final Duration READY_WAIT = Duration.ofSeconds(30);
  private static final Duration EXIT_WAIT = Duration.ofSeconds(60);

  /** A JVM that the launcher starts: its flags and its cache, files of the distribution. */
  private record Jvm(String options, String cache) {}

  private static final Jvm WEIR = new Jvm("jvm.options", "weir.aot");
  private static final Jvm CONNECTOR = new Jvm("connector.options", "connector.aot");

  private AssembleDistribution() {}

  public static void main(String[] arguments) throws Exception {
    Path gathered = Path.of(arguments[0]).toAbsolutePath();
    String classPath = Files.readString(Path.of(arguments[1])).strip();
    Path distribution = Path.of(arguments[2]).toAbsolutePath();
    Instant started = Instant.parse(arguments[3]);

    removeFormerJars(gathered.resolve("lib"), classPath);
    moveOutNativeLibraries(gathered.resolve("lib"), gathered.resolve("natives"));
    replaceWhatChanged(contents(gathered), distribution);
    try {
      if (!isTrained(distribution)) {
        train(distribution);
      }
    } catch (IOException | IllegalStateException e) {
      Files.deleteIfExists(distribution.resolve(WEIR.cache()));
      Files.deleteIfExists(distribution.resolve(CONNECTOR.cache()));
      System.out.println("weir: no start-up cache was made, starts are slower: " + e.getMessage());
    }

    // Anything that changed after the build began is newer than this file.
    Path stamp = Files.write(distribution.resolve("built"), new byte[0]);
    Files.setLastModifiedTime(stamp, FileTime.from(started));
  }

  // ---- files ----

  /**
   * Maven adds to the folder and never takes away: after an upgrade both versions would be there.
   */
  private static void removeFormerJars(Path lib, String classPath) throws IOException {
    Set<String> names = new HashSet<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      names.add(Path.of(entry).getFileName().toString());
    }
    for (Path jar : jars(lib)) {
      String name = jar.getFileName().toString();
      if (!names.contains(name) && !name.startsWith("weir-app-")) {
        Files.delete(jar);
      }
    }
  }

  /** Where each file of the distribution comes from, by its path there. */
  private static Map<Path, Path> contents(Path gathered) throws IOException {
    Map<Path, Path> contents = new TreeMap<>();
    for (String name :
        List.of("weir", "bootstrap", WEIR.options(), CONNECTOR.options(), "LICENSE", "README.md")) {
      contents.put(Path.of(name), gathered.resolve(name));
    }
    for (Path jar : jars(gathered.resolve("lib"))) {
      contents.put(Path.of("lib", jar.getFileName().toString()), jar);
    }
    Path library = gathered.resolve("natives").resolve(NATIVE_PREFIX + platform());
    if (Files.exists(library)) {
      contents.put(Path.of("lib", library.getFileName().toString()), library);
    } else {
      System.out.println("weir: DuckDB has no native library for " + platform());
    }
    return contents;
  }

  /**
   * A Weir may be running from this folder while it is rebuilt. A file that changed becomes a new
   * file in the old one's place, so that the process keeps the one that it has open.
   */
  private static void replaceWhatChanged(Map<Path, Path> contents, Path distribution)
      throws IOException {
    Path lib = Files.createDirectories(distribution.resolve("lib"));
    for (Map.Entry<Path, Path> content : contents.entrySet()) {
      Path target = distribution.resolve(content.getKey());
      if (!Files.exists(target) || Files.mismatch(content.getValue(), target) != -1) {
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.copy(content.getValue(), fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    distribution.resolve("weir").toFile().setExecutable(true);
    distribution.resolve("bootstrap").toFile().setExecutable(true);
    try (Stream<Path> files = Files.list(lib)) {
      for (Path file : files.toList()) {
        if (!contents.containsKey(distribution.relativize(file))) {
          Files.delete(file);
        }
      }
    }
  }

  private static void moveOutNativeLibraries(Path lib, Path natives) throws IOException {
    Files.createDirectories(natives);
    for (Path jar : jars(lib)) {
      if (jar.getFileName().toString().startsWith("duckdb_jdbc-")) {
        moveOut(jar, natives);
      }
    }
  }

  private static void moveOut(Path jar, Path natives) throws IOException {
    // Rewritten only when there is something to take out, so that a second build changes nothing.
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      List<Path> libraries;
      try (Stream<Path> entries = Files.list(zip.getPath("/"))) {
        libraries =
            entries.filter(e -> e.getFileName().toString().startsWith(NATIVE_PREFIX)).toList();
      }
      for (Path library : libraries) {
        Path target = natives.resolve(library.getFileName().toString());
        Files.copy(library, target, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(library);
      }
    }
  }

  /** The platform as DuckDB spells it in the names of its libraries. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String name = os.startsWith("mac") ? "macos" : os.startsWith("windows") ? "windows" : "linux";
    String architecture = System.getProperty("os.arch");
    return switch (architecture) {
      case "x86_64", "amd64" -> name + "_amd64";
      case "aarch64", "arm64" -> name + "_arm64";
      default -> name + "_" + architecture;
    };
  }

  // ---- training run ----

  /** Whether the caches are newer than all that went into them; the JVM compares times as well. */
  private static boolean isTrained(Path distribution) throws IOException {
    List<Path> ingredients = new ArrayList<>(jars(distribution.resolve("lib")));
    for (Jvm jvm : List.of(WEIR, CONNECTOR)) {
      ingredients.add(distribution.resolve(jvm.options()));
    }
    for (Jvm jvm : List.of(WEIR, CONNECTOR)) {
      Path cache = distribution.resolve(jvm.cache());
      for (Path ingredient : ingredients) {
        if (!Files.exists(cache)
            || Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(ingredient))
                < 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static void train(Path distribution) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("weir-training");
    int port = freePort();
    String server = "http://127.0.0.1:" + port;
    List<String> serve =
        List.of(
            "serve",
            "--web.listen-address=127.0.0.1:" + port,
            "--data-dir=" + scratch.resolve("data"));
    try {
      train(distribution, WEIR, serve, server, scratch, () -> trainConnector(distribution, server));
    } finally {
      delete(scratch);
    }
  }

  /** The store's table is made by the Weir that stands in Timestream's place. */
  private static void trainConnector(Path distribution, String timestream)
      throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("weir-training");
    int port = freePort();
    List<String> connector =
        List.of(
            "connector",
            "--web.listen-address=127.0.0.1:" + port,
            "--default-database=weir",
            "--default-table=prometheus",
            "--write-base-endpoint=" + timestream,
            "--query-base-endpoint=" + timestream);
    try {
      train(distribution, CONNECTOR, connector, "http://127.0.0.1:" + port, scratch, () -> {});
    } finally {
      delete(scratch);
    }
  }

  /** What is done while a Weir is being trained. */
  private interface Errand {
    void run() throws IOException, InterruptedException;
  }

  private static void train(
      Path distribution, Jvm jvm, List<String> words, String server, Path scratch, Errand meanwhile)
      throws IOException, InterruptedException {
    Path cache = distribution.resolve(jvm.cache());
    Files.deleteIfExists(cache);
    Path output = scratch.resolve("output.txt");
    Process weir =
        new ProcessBuilder(command(distribution, jvm, words))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      exercise(weir, http, server);
      meanwhile.run();
      weir.destroy();
      if (!weir.waitFor(EXIT_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the training run did not end within " + EXIT_WAIT);
      }
      if (!Files.exists(cache)) {
        throw new IllegalStateException("the JVM wrote none");
      }
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException(
          words.getFirst() + ": " + e.getMessage() + lastLine(output), e);
    } finally {
      weir.destroyForcibly().waitFor();
    }
  }

  private static List<String> command(Path distribution, Jvm jvm, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + distribution.resolve(jvm.options()));
    command.add("-XX:AOTCacheOutput=" + distribution.resolve(jvm.cache()));
    command.add("-cp");
    // The launcher spells the class path in the same order; the JVM compares them.
    command.add(
        String.join(
            File.pathSeparator,
            jars(distribution.resolve("lib")).stream().map(Path::toString).toList()));
    command.add("dev.weir.app.Main");
    command.addAll(words);
    return command;
  }

  /** One of everything that a Prometheus asks for in its first minute. */
  private static void exercise(Process weir, HttpClient http, String server)
      throws IOException, InterruptedException {
    awaitReady(weir, http, server);
    long nowMillis = System.currentTimeMillis();
    for (int request = 0; request < 20; request++) {
      post(http, server + "/api/v1/write", "204", writeRequest(nowMillis + request));
      post(http, server + "/api/v1/read", "200", readRequest(nowMillis - 60_000, nowMillis));
      get(http, server + "/metrics");
    }
    get(http, server + "/");
  }

  private static void awaitReady(Process weir, HttpClient http, String server)
      throws IOException, InterruptedException {
    Instant giveUp = Instant.now().plus(READY_WAIT);
    while (Instant.now().isBefore(giveUp)) {
      if (!weir.isAlive()) {
        throw new IllegalStateException("the training run ended with " + weir.exitValue());
      }
      try {
        if (get(http, server + "/-/ready") == 200) {
          return;
        }
      } catch (ConnectException e) {
        // Not listening yet.
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("the training run was not ready within " + READY_WAIT);
  }

  private static int get(HttpClient http, String uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static void post(HttpClient http, String uri, String expected, byte[] message)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("Authorization", "Basic d2VpcjpyZWlX") // For the connector, which needs some.
            .POST(HttpRequest.BodyPublishers.ofByteArray(snappyLiteral(message)))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    if (response.statusCode() != Integer.parseInt(expected)) {
      throw new IllegalStateException(
          "POST " + URI.create(uri).getPath() + " answered " + response.statusCode());
    }
  }

  // ---- the two messages, by field number ----

  private static byte[] writeRequest(long timeMillis) {
    byte[] sample = join(tag(1, 1), doubleBits(1.5), tag(2, 0), varint(timeMillis));
    byte[] series =
        join(
            field(1, label("__name__", "training")),
            field(1, label("job", "weir")),
            field(2, sample));
    return field(1, series);
  }

  private static byte[] readRequest(long startMillis, long endMillis) {
    byte[] named = join(field(2, ascii("__name__")), field(3, ascii("training")));
    byte[] matched = join(tag(1, 0), varint(2), field(2, ascii("job")), field(3, ascii("we.*")));
    byte[] query =
        join(
            tag(1, 0),
            varint(startMillis),
            tag(2, 0),
            varint(endMillis),
            field(3, named),
            field(3, matched));
    return join(field(1, query), tag(2, 0), varint(1));
  }

  private static byte[] label(String name, String value) {
    return join(field(1, ascii(name)), field(2, ascii(value)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] field(int number, byte[] content) {
    return join(tag(number, 2), varint(content.length), content);
  }

  private static byte[] tag(int number, int wireType) {
    return varint((long) number << 3 | wireType);
  }

  private static byte[] doubleBits(double value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while ((value & ~0x7FL) != 0) {
      bytes.write((int) (value & 0x7F | 0x80));
      value >>>= 7;
    }
    bytes.write((int) value);
    return bytes.toByteArray();
  }

  /** Snappy's block format with nothing compressed: the length, then one literal of it all. */
  private static byte[] snappyLiteral(byte[] content) {
    int last = content.length - 1;
    byte[] head = {(byte) (61 << 2), (byte) last, (byte) (last >>> 8)};
    return join(varint(content.length), head, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  // ---- sockets, jars, scratch ----

  private static List<Path> jars(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String lastLine(Path output) {
    try (Stream<String> lines = Files.lines(output)) {
      return lines
          .filter(line -> !line.contains("AOT"))
          .reduce((_, next) -> next)
          .map(line -> " (it said: " + line + ")")
          .orElse("");
    } catch (IOException | java.io.UncheckedIOException e) {
      return "";
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
