// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The connector's archive for this machine, from the zip file to samples in Timestream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveIT {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration REHEARSAL_LIMIT = Duration.ofSeconds(90);
  private static final String DATABASE = "prom";
  private static final String TABLE = "metrics";

  @TempDir private static Path folder;
  private UnpackedArchive archive;
  private LocalTimestream timestream;

  @BeforeAll
  void unpack() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "the connector's archives are for Linux");
    archive = UnpackedArchive.of(BuiltArchives.connectorOfThisMachine(), folder);
    timestream = LocalTimestream.start(folder);
    timestream.createTable(DATABASE, TABLE);
  }

  @AfterAll
  void stop() {
    if (timestream != null) {
      timestream.close();
    }
  }

  @Test
  void startsByTheGuidesLineAndStartsFromItsCacheTheSecondTime() throws IOException {
    Web web = new Web(RealProcess.freePort());
    try (RealProcess first = bootstrap("first", web, Map.of())) {
      awaitReady(first, web);
      assertThat(mapped(first)).doesNotContain(".aot");
      carriesASampleThereAndBack(web, "by_the_guide");
      Patience.until(
          REHEARSAL_LIMIT, () -> "no start-up cache", () -> !archive.startUpCaches().isEmpty());
      assertThat(first.terminate()).isZero();
      assertThat(first.output())
          .contains("ready to begin serving", "has stopped")
          .doesNotContain("level=error", "[warning]");
    }
    Path cache = archive.startUpCaches().getFirst();
    assertThat(archive.folder().resolve("runtime"))
        .matches(runtime -> Files.exists(runtime) == BuiltArchives.hasRuntimeForThisMachine());

    try (RealProcess second = bootstrap("second", web, Map.of())) {
      awaitReady(second, web);
      assertThat(mapped(second)).contains(cache.getFileName().toString());
      carriesASampleThereAndBack(web, "from_the_cache");
      assertThat(second.terminate()).isZero();
    }
    leavesADamagedCacheAside(web, cache);
  }

  /** The JVM complains of it and starts without. */
  private void leavesADamagedCacheAside(Web web, Path cache) throws IOException {
    try (var file = Files.newByteChannel(cache, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
    try (RealProcess third = bootstrap("third", web, Map.of())) {
      awaitReady(third, web);
      carriesASampleThereAndBack(web, "in_spite_of_the_cache");
      assertThat(third.terminate()).isZero();
    }
  }

  @Test
  void startsWhereNothingCanBeWritten() {
    Web web = new Web(RealProcess.freePort());
    // Not even root can make a file there.
    try (RealProcess connector = bootstrap("fixed", web, Map.of("CACHE_DIRECTORY", "/proc"))) {
      awaitReady(connector, web);
      carriesASampleThereAndBack(web, "nothing_written");
      assertThat(connector.terminate()).isZero();
      assertThat(connector.output())
          .contains("has stopped")
          .doesNotContain("level=error", "[warning]");
    }
  }

  @Test
  void saysWhatIsWrongInOneLine() {
    Map<String, String> environment = environment(new Web(RealProcess.freePort()));
    environment.put("WEIR_REHEARSAL", "off");
    try (RealProcess connector =
        archive.start(
            folder.resolve("wrong.log"), environment, "bootstrap", "--default-database=x")) {
      assertThat(connector.waitForExit()).isEqualTo(1);
      assertThat(connector.output()).startsWith("weir: ").hasLineCount(1);
    }
  }

  @Test
  void theDoctorIsInItAndFindsTheWayToTimestreamOpen() {
    Map<String, String> environment = environment(new Web(RealProcess.freePort()));
    environment.put("AWS_ACCESS_KEY_ID", LocalTimestream.OWNER.key());
    environment.put("AWS_SECRET_ACCESS_KEY", LocalTimestream.OWNER.secret());
    String[] words = new String[7];
    words[0] = "doctor";
    words[1] = "--json";
    System.arraycopy(guide(), 0, words, 2, 5);
    try (RealProcess doctor =
        archive.start(folder.resolve("doctor.log"), environment, "weir", words)) {
      assertThat(doctor.waitForExit()).as(doctor::output).isZero();
      assertThat(doctor.output()).contains("\"name\":\"settings\"").doesNotContain("\"fail\"");
    }
  }

  /** The words after {@code ./bootstrap} in AWS' guide. */
  private String[] guide() {
    return new String[] {
      "--default-database=" + DATABASE,
      "--default-table=" + TABLE,
      "--region=us-east-1",
      "--query-base-endpoint=" + timestream.endpoint(),
      "--write-base-endpoint=" + timestream.endpoint()
    };
  }

  /** What the guide exports, and a free port for the test's sake. */
  private static Map<String, String> environment(Web web) {
    Map<String, String> environment = new HashMap<>(BuiltArchives.javaIfItNeedsOne());
    environment.put("AWS_ENABLE_ENDPOINT_DISCOVERY", "false");
    environment.put("WEIR_WEB_LISTEN_ADDRESS", web.address());
    return environment;
  }

  private RealProcess bootstrap(String name, Web web, Map<String, String> more) {
    Map<String, String> environment = environment(web);
    environment.putAll(more);
    return archive.start(folder.resolve(name + ".log"), environment, "bootstrap", guide());
  }

  private static void awaitReady(RealProcess process, Web web) {
    Patience.until(
        START_LIMIT,
        process::lastOutput,
        () -> {
          assertThat(process.isAlive()).as(process::lastOutput).isTrue();
          return web.answers("/-/ready");
        });
  }

  private static void carriesASampleThereAndBack(Web web, String metric) {
    long now = System.currentTimeMillis();
    Map<String, String> labels = Map.of("__name__", metric, "job", "node");
    SampleRead sample = SampleRead.of(now, 0.1 + 0.2);
    RemoteClient client = RemoteClient.ofConnector(web, LocalTimestream.OWNER.headers());
    var answer = client.write(new WireWriter().series(labels, sample).compressed());
    assertThat(answer.statusCode()).as(() -> RemoteClient.text(answer)).isEqualTo(204);
    assertThat(client.read(ReadQuery.around(now).equal("__name__", metric)).only())
        .containsExactly(new SeriesRead(labels, List.of(sample)));
  }

  /** The files in the memory of the process. */
  private static String mapped(RealProcess process) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"));
  }
}
