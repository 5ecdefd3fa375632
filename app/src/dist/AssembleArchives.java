// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the archives that are given away. Maven starts it as a source file after {@link
 * AssembleDistribution}, from what that has left: {@code java AssembleArchives.java GATHERED
 * CLASS_PATH_FILE TARGET VERSION TIMESTAMP}.
 *
 * <ul>
 *   <li>{@code weir-VERSION.zip}: all of Weir, with DuckDB's native libraries of three platforms.
 *   <li>{@code weir-connector-linux-ARCHITECTURE-VERSION.zip}: the connector without a store, for
 *       an instance that runs nothing else; with a Java runtime where this machine can link it.
 *   <li>{@code SHA256SUMS}: the sums of these.
 * </ul>
 *
 * <p>The same sources and the same JDK give the same bytes: files are sorted and have the build's
 * timestamp, and the start-up caches, which fit one machine, stay out.
 */
final class AssembleArchives {

  private static final List<String> ARCHITECTURES = List.of("arm64", "x64");

  /** The platforms that Weir is given away for, as DuckDB spells them. */
  private static final List<String> NATIVES = List.of("linux_amd64", "linux_arm64", "macos_arm64");

  /** What only the embedded store brings along; an end-to-end test knows if that changes. */
  private static final List<String> OF_THE_EMBEDDED_STORE =
      List.of(
          "weir-sql-",
          "weir-store-embedded-",
          "weir-console-",
          "duckdb_jdbc-",
          "trino-",
          "antlr4-runtime-",
          "guava-",
          "failureaccess-",
          "error_prone_annotations-",
          "j2objc-annotations-",
          "jakarta.annotation-api-");

  /** What of the API asks the embedded store's analyzer; the connector has no console. */
  private static final String QUERIES = "dev/weir/api/query/";

  private final Path gathered;
  private final List<Path> classPath;
  private final Path target;
  private final String version;
  private final Instant time;

  private AssembleArchives(String[] arguments) throws IOException {
    gathered = Path.of(arguments[0]).toAbsolutePath();
    classPath =
        Stream.of(Files.readString(Path.of(arguments[1])).strip().split(File.pathSeparator))
            .map(Path::of)
            .toList();
    target = Path.of(arguments[2]).toAbsolutePath();
    version = arguments[3];
    time = Instant.parse(arguments[4]);
  }

  public static void main(String[] arguments) throws Exception {
    // The times in a zip file are local ones.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    new AssembleArchives(arguments).run();
  }

  private void run() throws Exception {
    Files.createDirectories(target.resolve("archives"));
    List<Path> archives = new ArrayList<>();
    archives.add(weir());
    Path jar = connectorJar();
    Optional<RuntimeImage> runtime = RuntimeImage.ofThisMachine(target.resolve("archives"));
    for (String architecture : ARCHITECTURES) {
      Optional<RuntimeImage> fitting =
          runtime.filter(image -> image.architecture().equals(architecture));
      archives.add(connector(architecture, jar, fitting));
    }
    StringBuilder sums = new StringBuilder();
    for (Path archive : archives) {
      sums.append(ArchiveFile.sha256(archive)).append("  ").append(archive.getFileName());
      sums.append('\n');
    }
    Files.writeString(target.resolve("SHA256SUMS"), sums);
  }

  private Path weir() throws Exception {
    SortedMap<String, Path> contents = files("weir", "bootstrap", "LICENSE", "README.md");
    contents.putAll(files("jvm.options", "connector.options"));
    contents.putAll(jars());
    for (String platform : NATIVES) {
      Path library = gathered.resolve("natives/libduckdb_java.so_" + platform);
      if (Files.exists(library)) {
        contents.put("lib/" + library.getFileName(), library);
      } else {
        say("DuckDB has no native library for " + platform);
      }
    }
    contents.put("sbom.cdx.json", bill("weir", contents, Optional.empty()));
    Path archive = target.resolve("weir-" + version + ".zip");
    ArchiveFile.write(archive, "weir-" + version + "/", contents, time);
    return archive;
  }

  private Path connector(String architecture, Path jar, Optional<RuntimeImage> runtime)
      throws Exception {
    SortedMap<String, Path> contents = files("weir", "bootstrap", "LICENSE");
    contents.put("README.md", gathered.resolve("README-connector.md"));
    contents.putAll(files("connector.options", "weir-connector.service"));
    contents.putAll(jars());
    contents
        .keySet()
        .removeIf(name ->
            OF_THE_EMBEDDED_STORE.stream().anyMatch(start -> name.startsWith("lib/" + start)));
    contents.remove("lib/weir-app-" + version + ".jar");
    contents.put("lib/" + jar.getFileName(), jar);
    contents.put("lib/weir-api-" + version + ".jar", apiJar());
    String name = "weir-connector-linux-" + architecture;
    contents.put("sbom.cdx.json", bill(name, contents, runtime));
    if (runtime.isPresent()) {
      contents.putAll(runtime.get().files());
    } else {
      say(
          name
              + " is without a Java runtime, which only a JDK on linux-"
              + architecture
              + " links");
    }
    Path archive = target.resolve(name + "-" + version + ".zip");
    ArchiveFile.write(archive, "", contents, time);
    return archive;
  }

  private Path connectorJar() throws IOException {
    Path whole = gathered.resolve("lib/weir-app-" + version + ".jar");
    Path part = target.resolve("archives/weir-app-" + version + "-connector.jar");
    ReachableJar.write(
        whole,
        part,
        List.of("dev/weir/app/ConnectorMain", "dev/weir/app/ConnectorRehearsal"),
        time);
    return part;
  }

  private Path apiJar() throws IOException {
    String name = "weir-api-" + version + ".jar";
    Path part = Files.createDirectories(target.resolve("archives/connector")).resolve(name);
    ReachableJar.writeWithout(QUERIES, gathered.resolve("lib/" + name), part, time);
    return part;
  }

  private Path bill(String name, Map<String, Path> contents, Optional<RuntimeImage> runtime)
      throws Exception {
    Path file = target.resolve("archives/" + name + ".cdx.json");
    String text = new BillOfMaterials(name, version, time).text(contents, classPath, runtime);
    return Files.writeString(file, text);
  }

  private SortedMap<String, Path> files(String... names) {
    SortedMap<String, Path> files = new TreeMap<>();
    for (String name : names) {
      files.put(name, gathered.resolve(name));
    }
    return files;
  }

  /** Those of Maven Central as they came, ours without what differs from build to build. */
  private SortedMap<String, Path> jars() throws IOException {
    Path ours = Files.createDirectories(target.resolve("archives/lib"));
    SortedMap<String, Path> jars = new TreeMap<>();
    List<Path> all;
    try (Stream<Path> files = Files.list(gathered.resolve("lib"))) {
      all = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : all) {
      String name = jar.getFileName().toString();
      Path packed = jar;
      if (name.startsWith("weir-")) {
        packed = ours.resolve(name);
        ReachableJar.writeWhole(jar, packed, time);
      }
      jars.put("lib/" + name, packed);
    }
    return jars;
  }

  static void say(String line) {
    System.out.println("weir: " + line);
  }
}
