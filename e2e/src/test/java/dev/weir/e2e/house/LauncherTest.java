// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a checkout made for the test, with a JDK and a Maven that are shell scripts. It
 * asks for Java 99, so that no JDK of this machine will do.
 */
class LauncherTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private Path checkout;
  private Path programs;
  private Path jdk;

  /** Standard output by process; standard error is beside it. */
  private final Map<Long, Path> outputs = new TreeMap<>();

  private record Run(int status, String out, String err, long pid) {}

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("check out"));
    programs = Files.createDirectories(folder.resolve("bin"));
    jdk = fakeJdk("jdk-99", "99.0.1");
    String launcher = Checkout.ofThisBuild().read(Path.of("weir"));
    assertThat(launcher).contains("JAVA_MINIMUM=25");
    script(checkout.resolve("weir"), launcher.replace("JAVA_MINIMUM=25", "JAVA_MINIMUM=99"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    source("core/src/main/java/A.java");
    script(
        programs.resolve("mvn"),
        """
        #!/bin/sh
        echo built >> ../builds.txt
        echo "[INFO] Building weir 0.1.0                     [1/3]"
        echo "[INFO] Building weir core 0.1.0                [2/3]"
        while [ -e ../hold ]; do sleep 0.05; done
        [ -e ../broken ] && { echo "[ERROR] A.java:[1,1] no such thing"; exit 1; }
        mkdir -p app/target/weir/lib
        echo jar > app/target/weir/lib/weir-app.jar
        echo "-Xmx1g" > app/target/weir/jvm.options
        touch app/target/weir/built
        """);
  }

  @Test
  void buildsWhenThereIsNoBuildAndSaysSo() throws Exception {
    Run run = run("serve", "--x=a b");

    assertThat(run.status()).isEqualTo(7);
    assertThat(run.err()).contains("weir: building 2/3 core").contains("weir: built in");
    assertThat(run.out()).contains("[dev.weir.app.Main] [serve] [--x=a b]");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void runsAtOnceWhenNothingIsNewer() throws Exception {
    run();
    Run second = run("--version");

    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("[--version]");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    run();
    touchLater(source("core/src/main/java/A.java"));
    run();

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsAgainWhenASourceIsGone() throws Exception {
    Path gone = source("core/src/main/java/B.java");
    run();
    Files.delete(gone);
    touchLater(gone.getParent());
    run();

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aNewerTestIsNoReasonToBuild() throws Exception {
    Path test = source("core/src/test/java/ATest.java");
    run();
    touchLater(test);
    run();

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void becomesTheJvmSoThatSignalsReachIt() throws Exception {
    Run run = run();

    assertThat(run.out()).contains("pid=" + run.pid() + "\n");
  }

  @Test
  void worksFromAnywhereAndThroughALink() throws Exception {
    Path link = folder.resolve("weir-link");
    Files.createSymbolicLink(link, checkout.resolve("weir"));

    Run run = finish(start(link, Map.of(), List.of("x")));

    assertThat(run.out()).contains(checkout.toRealPath() + "/app/target/weir/lib/weir-app.jar");
  }

  @Test
  void anArchiveOnlyRuns() throws Exception {
    Path archive = Files.createDirectories(folder.resolve("archive/lib")).getParent();
    Files.copy(checkout.resolve("weir"), archive.resolve("weir"));
    archive.resolve("weir").toFile().setExecutable(true);
    Files.writeString(archive.resolve("lib/weir-app.jar"), "jar");
    Files.writeString(archive.resolve("jvm.options"), "");

    Run run = finish(start(archive.resolve("weir"), Map.of(), List.of()));

    assertThat(run.status()).isEqualTo(7);
    assertThat(run.err()).isEmpty();
    assertThat(builds()).isZero();
  }

  @Test
  void anArchiveTakesAJavaWithoutACompilerWhichACheckoutDoesNot() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    Path archive = connectorArchive();

    assertThat(finish(start(archive.resolve("weir"), Map.of(), List.of("doctor"))).out())
        .contains("java=jdk-99", "/connector.options]", "[dev.weir.app.ConnectorMain] [doctor]");
    assertThat(run().err()).startsWith("weir: needs a JDK 99 or newer");
  }

  /** As packages of some distributions have it. */
  @Test
  void asksAJavaWithoutAFileOfItsRelease() throws Exception {
    Files.delete(jdk.resolve("release"));
    Path archive = connectorArchive();
    String java = Files.readString(jdk.resolve("bin/java"));
    for (String version : List.of("99.0.1", "17.0.15")) {
      script(
          jdk.resolve("bin/java"),
          java.replace(
              "#!/bin/sh\n",
              """
              #!/bin/sh
              [ "$1" = -version ] && { echo 'openjdk version "%s" 2026-04-21' >&2; exit; }
              """
                  .formatted(version)));
      Run run = finish(start(archive.resolve("weir"), Map.of(), List.of("doctor")));
      if (version.startsWith("99")) {
        assertThat(run.out()).contains("java=jdk-99");
      } else {
        assertThat(run.err()).startsWith("weir: needs a Java 99 or newer").hasLineCount(1);
      }
    }
  }

  @Test
  void anArchivePrefersTheRuntimeThatItBrings() throws Exception {
    Path archive = connectorArchive();
    Files.move(fakeJdk("brought", "99"), archive.resolve("runtime"));
    Path release = archive.resolve("runtime/release");
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    Files.writeString(release, "JAVA_VERSION=\"99\"\nOS_ARCH=\"" + machine + "\"\n");

    Run run = finish(start(archive.resolve("weir"), Map.of(), List.of("connector")));
    assertThat(run.out()).contains("java=brought");
    assertThat(run.err()).isEmpty();

    Map<String, String> told = Map.of("WEIR_JAVA_HOME", jdk.toString());
    assertThat(finish(start(archive.resolve("weir"), told, List.of("connector"))).out())
        .contains("java=jdk-99");

    Files.writeString(release, "JAVA_VERSION=\"99\"\nOS_ARCH=\"vax\"\n");
    Run elsewhere = finish(start(archive.resolve("weir"), Map.of(), List.of("connector")));
    assertThat(elsewhere.out()).contains("java=jdk-99");
    assertThat(elsewhere.err())
        .startsWith("weir: the runtime of this archive is not for ")
        .hasLineCount(1);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Path hold = Files.createFile(folder.resolve("hold"));
    Process first = start(checkout.resolve("weir"), Map.of(), List.of("first"));
    awaitText(folder.resolve("builds.txt"), "built");
    Process second = start(checkout.resolve("weir"), Map.of(), List.of("second"));
    awaitText(err(second), "waiting for another build");
    Files.delete(hold);

    assertThat(finish(first).out()).contains("[first]");
    assertThat(finish(second).out()).contains("[second]");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void takesTheStartUpCacheAndFurtherFlagsAfterItsOwn() throws Exception {
    run();
    Path cache = Files.createFile(checkout.resolve("app/target/weir/weir.aot"));

    Run run = run(Map.of("WEIR_JAVA_OPTS", "-Xmx2g -Dx=y"));

    assertThat(run.out())
        .contains("/jvm.options] [-XX:AOTCache=" + cache.toRealPath() + "] [-Xmx2g] [-Dx=y] [-cp]");
  }

  @Test
  void theConnectorHasAJvmAndAStartUpCacheOfItsOwn() throws Exception {
    run();
    Path distribution = checkout.resolve("app/target/weir");
    Files.createFile(distribution.resolve("weir.aot"));

    assertThat(run("connector").out()).contains("/connector.options] [-cp]");

    Path cache = Files.createFile(distribution.resolve("connector.aot"));

    assertThat(run("connector").out())
        .contains("/connector.options] [-XX:AOTCache=" + cache.toRealPath() + "] [-cp]");
  }

  @Test
  void bootstrapIsTheConnectorFromAnywhereAndThroughALink() throws Exception {
    run();
    Path distribution = checkout.resolve("app/target/weir");
    Path bootstrap = distribution.resolve("bootstrap");
    script(bootstrap, Checkout.ofThisBuild().read(Path.of("app/src/dist/bootstrap")));
    script(distribution.resolve("weir"), Files.readString(checkout.resolve("weir")));
    Path link = Files.createSymbolicLink(folder.resolve("link"), bootstrap);

    for (Path way : List.of(bootstrap, link)) {
      Run run = finish(start(way, Map.of(), List.of("--default-database=a b", "--region=x")));
      assertThat(run.status()).isEqualTo(7);
      assertThat(run.out())
          .contains("[dev.weir.app.Main] [connector] [--default-database=a b] [--region=x]")
          .contains("pid=" + run.pid() + "\n");
    }
  }

  @Test
  void prefersTheJdkThatItIsTold() throws Exception {
    Path other = fakeJdk("jdk-100", "100");

    assertThat(run(Map.of("WEIR_JAVA_HOME", other.toString())).out()).contains("java=jdk-100");
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    Path old = fakeJdk("jdk-17", "17.0.15");
    Files.createSymbolicLink(programs.resolve("java"), jdk.resolve("bin/java"));

    assertThat(run(Map.of("JAVA_HOME", old.toString())).out()).contains("java=jdk-99");
  }

  @Test
  void saysInOneLineThatTheNamedJdkWillNotDo() throws Exception {
    Path old = fakeJdk("jdk-17", "17.0.15");
    Run run = run(Map.of("WEIR_JAVA_HOME", old.toString()));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("weir: WEIR_JAVA_HOME=" + old + " is not a JDK 99 or newer\n");
  }

  @Test
  void saysInOneLineThatThereIsNoJdk() throws Exception {
    Run run = run(Map.of("JAVA_HOME", ""));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("weir: needs a JDK 99 or newer").hasLineCount(1);
  }

  @Test
  void saysInOneLineThatThereIsNoMaven() throws Exception {
    Files.delete(programs.resolve("mvn"));
    Run run = run(Map.of("PATH", toolsWithoutMaven()));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("weir: needs Maven 3.8 or newer").hasLineCount(1);
  }

  @Test
  void aFailedBuildShowsItsErrorsAndWhereTheLogIs() throws Exception {
    Files.createFile(folder.resolve("broken"));
    Run run = run();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("[ERROR] A.java:[1,1] no such thing")
        .endsWith("the whole log is " + checkout.toRealPath() + "/target/build.log\n");
  }

  // ---- the scene ----

  private Path connectorArchive() throws IOException {
    Path archive = Files.createDirectories(folder.resolve("connector archive/lib")).getParent();
    script(archive.resolve("weir"), Files.readString(checkout.resolve("weir")));
    Files.writeString(archive.resolve("lib/weir-app.jar"), "jar");
    Files.writeString(archive.resolve("connector.options"), "");
    return archive;
  }

  private Path fakeJdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    script(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        echo "pid=$$"
        echo "java=%s"
        for argument in "$@"; do printf '[%%s] ' "$argument"; done
        exit 7
        """
            .formatted(name));
    return home;
  }

  private Path source(String path) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private static void touchLater(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** The few tools that the launcher needs, for machines where Maven is beside them. */
  private String toolsWithoutMaven() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String name : List.of("dirname", "basename", "readlink", "sed", "head", "find", "flock")) {
      script(
          tools.resolve(name), "#!/bin/sh\nPATH=/usr/bin:/bin\nexec %s \"$@\"\n".formatted(name));
    }
    return tools.toString();
  }

  private long builds() throws IOException {
    Path builds = folder.resolve("builds.txt");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  // ---- running ----

  private Run run(String... arguments) throws Exception {
    return finish(start(checkout.resolve("weir"), Map.of(), List.of(arguments)));
  }

  private Run run(Map<String, String> environment) throws Exception {
    return finish(start(checkout.resolve("weir"), environment, List.of()));
  }

  private Process start(Path launcher, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> all = new TreeMap<>();
    all.put("HOME", folder.toString());
    all.put("JAVA_HOME", jdk.toString());
    all.put("PATH", programs + ":/usr/bin:/bin");
    all.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(all);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Path.of(out + ".err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    outputs.put(process.pid(), out);
    return process;
  }

  private Path err(Process process) {
    return Path.of(outputs.get(process.pid()) + ".err");
  }

  private Run finish(Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(outputs.get(process.pid()), UTF_8),
        Files.readString(err(process), UTF_8),
        process.pid());
  }

  private static void awaitText(Path file, String text) throws Exception {
    Instant giveUp = Instant.now().plus(PATIENCE);
    while (!Files.exists(file) || !Files.readString(file).contains(text)) {
      assertThat(Instant.now()).as("waiting for \"%s\" in %s", text, file).isBefore(giveUp);
      Thread.sleep(10);
    }
  }
}
