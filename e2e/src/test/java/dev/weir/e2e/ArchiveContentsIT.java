// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the archives have in them, and what they do not. */
class ArchiveContentsIT {
  private static final long MEBIBYTE = 1 << 20;

  /** Where nothing but the embedded store lives. */
  private static final Pattern OF_THE_EMBEDDED_STORE =
      Pattern.compile(
          "(org/duckdb|io/trino|org/antlr|com/google/common|dev/weir/sql|dev/weir/store/embedded"
              + "|dev/weir/api/query|dev/weir/app/(backup|query))/.*|dev/weir/app/Main\\.class");

  private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

  private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

  private static final Pattern LISTED =
      Pattern.compile(
          "\"content\": \"([0-9a-f]{64})\"}],\\s+\"properties\":.*?\"value\": \"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void theSumsBesideThemAreTheirs() throws Exception {
    Map<String, String> sums = BuiltArchives.sums();
    assertThat(sums.keySet())
        .anyMatch(name -> name.matches("weir-\\d.*\\.zip"))
        .anyMatch(name -> name.matches("weir-connector-linux-arm64-\\d.*\\.zip"))
        .anyMatch(name -> name.matches("weir-connector-linux-x64-\\d.*\\.zip"))
        .hasSize(3);
    Process check =
        new ProcessBuilder("sha256sum", "--check", "--strict", "SHA256SUMS")
            .directory(BuiltArchives.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"arm64", "x64"})
  void theConnectorsIsSmallAndHasItsFilesAtTheRoot(String architecture) throws IOException {
    Path archive = BuiltArchives.connector(architecture);
    SortedSet<String> names = UnpackedArchive.names(archive);
    boolean runtime = names.contains("runtime/bin/java");
    assertThat(Files.size(archive)).isLessThan((runtime ? 75 : 40) * MEBIBYTE);
    assertThat(names.stream().filter(name -> !name.contains("/")))
        .containsExactlyInAnyOrder(
            "LICENSE",
            "README.md",
            "bootstrap",
            "connector.options",
            "sbom.cdx.json",
            "weir",
            "weir-connector.service");
    assertThat(names).noneMatch(name -> name.endsWith(".aot"));
  }

  @Test
  void theReadmeLinksWhatIsInTheArchiveAndNothingElse() throws IOException {
    for (String name : BuiltArchives.sums().keySet()) {
      Path archive = BuiltArchives.folder().resolve(name);
      String root = name.startsWith("weir-connector-") ? "" : name.replace(".zip", "/");
      String readme;
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        ZipEntry entry = zip.getEntry(root + "README.md");
        readme = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
      }
      List<String> linked =
          LINK.matcher(readme).results().map(link -> root + link.group(1)).toList();
      assertThat(linked).as(name).contains(root + "LICENSE");
      assertThat(UnpackedArchive.names(archive)).as(name).containsAll(linked);
      assertThat(readme).as(name).doesNotContain("mvn ", "builds on first use");
    }
  }

  @Test
  void bothArchitecturesHaveTheSameButForTheRuntime() throws IOException {
    assertThat(checksums("arm64")).isEqualTo(checksums("x64"));
  }

  @Test
  void theConnectorsHasNothingOfTheEmbeddedStore() throws IOException {
    assertThat(classes(BuiltArchives.connector("arm64")))
        .contains("dev/weir/app/ConnectorMain.class")
        .noneMatch(name -> OF_THE_EMBEDDED_STORE.matcher(name).matches());
  }

  @Test
  void everyClassThatTheConnectorNamesIsInItsArchive() throws IOException {
    UnpackedArchive archive = UnpackedArchive.of(BuiltArchives.connectorOfThisMachine(), folder);
    Path lib = archive.folder().resolve("lib");
    StringWriter output = new StringWriter();
    PrintWriter out = new PrintWriter(output);
    List<String> all;
    try (var jars = Files.list(lib)) {
      all = jars.map(Path::toString).sorted().toList();
    }
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--multi-release", "25", "--missing-deps"));
    words.addAll(List.of("-cp", String.join(File.pathSeparator, all)));
    all.stream().filter(jar -> jar.contains("/weir-")).forEach(words::add);
    int status =
        ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, words.toArray(String[]::new));
    assertThat(status).as(output.toString()).isZero();
    assertThat(output.toString()).doesNotContain("not found");
  }

  @Test
  void theUnitIsSoundAndMayDoLittle() throws Exception {
    assumeTrue(Files.isExecutable(SYSTEMD_ANALYZE), "this machine has no systemd-analyze");
    Path home = UnpackedArchive.of(BuiltArchives.connectorOfThisMachine(), folder).folder();
    String unit = Files.readString(home.resolve("weir-connector.service"));
    assertThat(unit).contains("ExecStart=/opt/weir/bootstrap");
    Path here = folder.resolve("weir-connector.service");
    Files.writeString(here, unit.replace("/opt/weir", home.toString()));

    assertThat(analyze("verify", here.toString())).isEmpty();
    String judged = analyze("security", "--offline=true", "--threshold=20", here.toString());
    assertThat(judged).contains("Overall exposure level for weir-connector.service: 1.");
  }

  /** What it prints; it must end well. */
  private static String analyze(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(SYSTEMD_ANALYZE.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void theBillOfMaterialsNamesEveryFileWithItsSum() throws Exception {
    for (String name : BuiltArchives.sums().keySet()) {
      Map<String, String> there = new TreeMap<>();
      String bill = "";
      try (ZipFile zip = new ZipFile(BuiltArchives.folder().resolve(name).toFile())) {
        for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
          String path = entry.getName().replaceFirst("^weir-\\d[^/]*/", "");
          if (path.startsWith("lib/") || path.equals("runtime/lib/modules")) {
            // The sums of DuckDB's 200 MB are left unchecked, for the test's time.
            boolean large = path.startsWith("lib/libduckdb");
            there.put(path, large ? "any" : sha256(zip.getInputStream(entry).readAllBytes()));
          } else if (path.equals("sbom.cdx.json")) {
            bill = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          }
        }
      }
      Map<String, String> listed = new TreeMap<>();
      Matcher component = LISTED.matcher(bill);
      while (component.find()) {
        boolean large = component.group(2).startsWith("lib/libduckdb");
        listed.put(component.group(2), large ? "any" : component.group(1));
      }
      assertThat(listed).as(name).isEqualTo(there);
      assertThat(bill).contains("\"bomFormat\": \"CycloneDX\"", "pkg:maven/dev.weir/weir-core@");
    }
  }

  @Test
  void theWholeWeirStartsFromItsArchive() throws IOException {
    Path archive = BuiltArchives.weir();
    String root = archive.getFileName().toString().replace(".zip", "");
    assertThat(UnpackedArchive.names(archive))
        .allMatch(name -> name.startsWith(root + "/"))
        .contains(root + "/lib/libduckdb_java.so_linux_arm64", root + "/jvm.options")
        .noneMatch(name -> name.endsWith(".aot"));
    UnpackedArchive unpacked = UnpackedArchive.of(archive, folder);
    Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
    try (RealProcess weir =
        unpacked.start(folder.resolve("log"), java, root + "/weir", "--version")) {
      assertThat(weir.waitForExit()).as(weir::output).isZero();
      assertThat(weir.output()).isEqualTo("weir " + root.substring("weir-".length()) + "\n");
    }
  }

  private static Map<String, Long> checksums(String architecture) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    try (ZipFile zip = new ZipFile(BuiltArchives.connector(architecture).toFile())) {
      zip.stream()
          .filter(entry -> !entry.getName().startsWith("runtime/"))
          .filter(entry -> !entry.getName().equals("sbom.cdx.json"))
          .forEach(entry -> checksums.put(entry.getName(), entry.getCrc()));
    }
    return checksums;
  }

  private static SortedSet<String> classes(Path archive) throws IOException {
    SortedSet<String> classes = new TreeSet<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> e.getName().endsWith(".jar")).toList()) {
        try (ZipInputStream jar = new ZipInputStream(zip.getInputStream(entry))) {
          for (ZipEntry file = jar.getNextEntry(); file != null; file = jar.getNextEntry()) {
            if (file.getName().endsWith(".class")) {
              classes.add(file.getName());
            }
          }
        }
      }
    }
    return classes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
