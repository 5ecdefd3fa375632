// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.query.Scope;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.timestream.TimestreamDoor;
import dev.weir.server.timestream.TimestreamOptions;
import dev.weir.server.timestream.TimestreamStore;
import dev.weir.server.timestream.signing.Callers;
import dev.weir.store.QueryRequest;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.timestream.diagnosis.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command against Weir's own Timestream API, over real sockets. */
class DoctorVerbTest {

  private static final TableName TABLE = new TableName("plant", "metrics");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private EmbeddedStore store;
  private WeirServer server;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
    System.setProperty("aws.secretAccessKey", "not-shown");
    InstantSource clock = InstantSource.system();
    store =
        EmbeddedStore.open(EmbeddedStoreOptions.of(Files.createDirectory(folder.resolve("data"))));
    store.createIfMissing(TABLE, TableRules.own(Duration.ofDays(30)));
    WeirMetrics metrics = new WeirMetrics("test");
    TimestreamDoor door =
        new TimestreamDoor(
            TimestreamStore.of(store),
            Callers.anyone(),
            TimestreamOptions.of(false),
            clock,
            new Random(4),
            metrics);
    server =
        WeirServer.start(
            ServerOptions.on("127.0.0.1:0").withDoors(Set.of(Door.TIMESTREAM)),
            List.of(Route.post(Door.TIMESTREAM, "/", door)),
            store,
            metrics);
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    server.close();
    store.close();
  }

  @Test
  void saysThatAllIsWellInAlignedLinesAndStoresNothing() throws IOException {
    assertThat(doctor("--default-database=plant", "--default-table=metrics")).isZero();

    List<String> lines = text().lines().toList();
    assertThat(lines.getLast()).isEqualTo("All is well");
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(
            line -> assertThat(line).matches("(ok     |skipped)  [a-z ]{21}  [0-9ms ]{7}  \\S.*"));
    assertThat(text())
        .contains("AKIA…MPLE from Java's system properties (--credentials=request: in place of")
        .contains("plant.metrics is there")
        .doesNotContain("not-shown");
    assertThat(error.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(countOfRows()).isZero();
  }

  @Test
  void endsWithOneWhereTheTableIsMissing() throws IOException {
    assertThat(doctor("--default-database=plant", "--default-table=nowhere")).isEqualTo(1);
    assertThat(text())
        .containsPattern("fail +table .*there is no table nowhere in database plant in us-east-1")
        .contains(
            "To do: check --default-table and --region, or: aws timestream-write create-table")
        .containsPattern("skipped +write permission +needs the table")
        .endsWith("1 failed, 5 skipped, 0 with a warning\n");
  }

  @Test
  void endsWithOneWhereTheDatabaseIsMissing() throws IOException {
    assertThat(doctor("--default-database=nowhere", "--default-table=metrics")).isEqualTo(1);
    assertThat(text())
        .contains("there is no database nowhere in us-east-1")
        .contains("aws timestream-write create-database --database-name nowhere");
  }

  @Test
  void writesJson() throws IOException {
    assertThat(doctor("--default-database=plant", "--default-table=nowhere", "--json"))
        .isEqualTo(1);
    assertThat(text())
        .startsWith(
            """
            {"checks":[
            {"name":"settings","state":"ok","message":"plant.nowhere in us-east-1, endpoints\
             given","remedy":null,"ms":0},
            """)
        .contains("{\"name\":\"table\",\"state\":\"fail\",\"message\":\"there is no table nowhere")
        .contains("{\"name\":\"read permission\",\"state\":\"skipped\"")
        .endsWith("\n],\"ok\":false}\n");
  }

  @Test
  void explainsSettingsThatDoNotFitAndChecksNothingElse() {
    assertThat(
            run(
                Map.of("AWS_ENABLE_ENDPOINT_DISCOVERY", "false"),
                "--default-database=plant",
                "--default-table=metrics"))
        .isEqualTo(1);
    assertThat(text())
        .containsPattern("fail +settings .*AWS_ENABLE_ENDPOINT_DISCOVERY=false")
        .containsPattern("skipped +credentials +needs the settings");
  }

  @Test
  void findsAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              doctor(
                  "--default-database=plant",
                  "--default-table=metrics",
                  "--web.listen-address=127.0.0.1:" + taken.getLocalPort()))
          .isEqualTo(1);
      assertThat(text())
          .containsPattern("fail +listen .*can't listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void knowsAWeirThatHasThePort() throws IOException {
    assertThat(
            doctor(
                "--default-database=plant",
                "--default-table=metrics",
                "--web.listen-address=127.0.0.1:" + server.port()))
        .isZero();
    assertThat(text()).contains("a Weir listens on 127.0.0.1:" + server.port() + " already");
  }

  @Test
  void refusesAnOpenDoorAndAWebConfigThatCannotBeRead() throws IOException {
    assertThat(
            doctor(
                "--default-database=plant",
                "--default-table=metrics",
                "--credentials=environment",
                "--web.listen-address=:0"))
        .isEqualTo(1);
    assertThat(text())
        .containsPattern("fail +listen .*would be open to the network without credentials");
    out.reset();
    assertThat(
            doctor(
                "--default-database=plant",
                "--default-table=metrics",
                "--web.config.file=" + folder.resolve("missing.yml")))
        .isEqualTo(1);
    assertThat(text()).containsPattern("fail +listen .*missing.yml");
  }

  private int doctor(String... flags) throws IOException {
    List<String> words = new ArrayList<>(List.of(flags));
    words.add("--write-base-endpoint=" + server.url());
    words.add("--query-base-endpoint=" + server.url());
    if (words.stream().noneMatch(word -> word.startsWith("--web.listen-address"))) {
      words.add("--web.listen-address=127.0.0.1:0");
    }
    return run(Map.of(), words.toArray(String[]::new));
  }

  private int run(Map<String, String> environment, String... flags) {
    List<String> words = new ArrayList<>(List.of("doctor"));
    words.addAll(List.of(flags));
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            environment,
            folder);
    DoctorVerb verb = new DoctorVerb(Surroundings.system(InstantSource.system(), "weir/test"));
    return new CommandLine(List.of(verb), terminal).run(words);
  }

  private long countOfRows() {
    return store
        .run(
            new QueryRequest(
                "SELECT measure_name FROM plant.metrics",
                Scope.all(),
                Instant.now().plus(Duration.ofSeconds(60))))
        .page()
        .rowCount();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
