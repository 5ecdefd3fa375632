// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.LocalTimestream.Caller;
import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Senders with different credentials at one connector at once: each call to Timestream is signed by
 * whose samples it carries, what one may not do does not hurt another, and never lands.
 */
class ConnectorCredentialsIT {

  private static final String DATABASE = "prom";
  private static final String TABLE = "metrics";

  /** May use the connector's database. */
  private static final Caller PLANT = new Caller("AKIDPLANT", "plant:secret/with:colons", null);

  /** The same, with temporary credentials. */
  private static final Caller GUEST =
      new Caller("AKIDGUEST", "guest-secret", "session+token/of=guest");

  /** May use another database only. */
  private static final Caller OFFICE = new Caller("AKIDOFFICE", "office-secret", null);

  /** May read but not write. */
  private static final Caller READER = new Caller("AKIDREADER", "reader-secret", null);

  /** Has the key of one, and not the secret. */
  private static final Caller THIEF = new Caller("AKIDPLANT", "guessed", null);

  private static final Caller STRANGER = new Caller("AKIDSTRANGER", "whatever", null);

  private static final Pattern SIGNER = Pattern.compile("Credential=([A-Z]+)/");
  private static final int REQUESTS = 60;
  private static final int SAMPLES = 150;

  @TempDir static Path folder;
  private static LocalTimestream timestream;
  private static FaultProxy proxy;
  private static ConnectorProcess connector;

  private final long base = System.currentTimeMillis() - 1_800_000;

  @BeforeAll
  static void start() {
    timestream = LocalTimestream.start(folder, profiles(GUEST));
    timestream.createTable(DATABASE, TABLE);
    timestream.createTable("office", TABLE);
    proxy = FaultProxy.before(timestream);
    connector = ConnectorProcess.start(folder, proxy.endpoint(), DATABASE, TABLE);
  }

  private static String[] profiles(Caller guest) {
    return new String[] {
      PLANT.profile("plant", "prom*", "write"),
      guest.profile("guest", DATABASE, "write"),
      OFFICE.profile("office", "office", "write"),
      READER.profile("reader", DATABASE, "read")
    };
  }

  @AfterAll
  static void stop() {
    connector.close();
    proxy.close();
    timestream.close();
  }

  @Test
  void concurrentSendersNeverMix() throws Exception {
    proxy.follow(FaultPlan.none());
    List<Caller> good = List.of(PLANT, GUEST);
    List<Caller> bad = List.of(OFFICE, READER, THIEF, STRANGER);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (Caller caller : good) {
        all.add(threads.submit(() -> write("good", caller, 204)));
        all.add(threads.submit(() -> write("better", caller, 204)));
      }
      for (Caller caller : bad) {
        all.add(threads.submit(() -> write("bad", caller, 503)));
      }
      await(all);
    }

    for (String metric : List.of("good", "better")) {
      for (Caller caller : good) {
        assertThat(stored(metric, caller))
            .as("%s of %s", metric, caller.key())
            .isEqualTo(REQUESTS * SAMPLES);
      }
    }
    assertThat(timestream.rows(count("office", ""))).containsExactly(List.of("0"));
    assertThat(timestream.rows(count(DATABASE, " WHERE measure_name = 'bad'")))
        .containsExactly(List.of("0"));
    assertThat(proxy.requests()).hasSizeGreaterThan(2 * REQUESTS);
    assertThat(proxy.requests())
        .allSatisfy(call -> {
          Matcher signer = SIGNER.matcher(call.header("Authorization"));
          assertThat(signer.find()).as(call.head()).isTrue();
          assertThat(owners(call)).as(call.head()).containsOnly(signer.group(1));
        });
  }

  @Test
  void aReaderGetsWhatItsOwnCredentialsMayRead() throws Exception {
    proxy.follow(FaultPlan.none());
    Map<String, String> labels = Map.of("__name__", "shared", "owner", PLANT.key());
    SampleRead sample = SampleRead.of(base, 7);
    HttpResponse<byte[]> written =
        client(PLANT).write(new WireWriter().series(labels, sample).compressed());
    assertThat(written.statusCode()).as(() -> RemoteClient.text(written)).isEqualTo(204);
    ReadQuery query = ReadQuery.around(base).equal("__name__", "shared");

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (Caller caller : List.of(PLANT, GUEST, READER)) {
        all.add(
            threads.submit(() -> {
              for (int i = 0; i < 20; i++) {
                assertThat(client(caller).read(query).only())
                    .containsExactly(new SeriesRead(labels, List.of(sample)));
              }
            }));
      }
      for (Caller caller : List.of(OFFICE, THIEF, STRANGER)) {
        all.add(
            threads.submit(() -> {
              for (int i = 0; i < 20; i++) {
                answers(client(caller).read(ReadQuery.request(query)), 503);
              }
            }));
      }
      await(all);
    }
  }

  @Test
  void aSessionTokenCanChangeWhileTheConnectorRuns() {
    proxy.follow(FaultPlan.none());
    Caller renewed = new Caller(GUEST.key(), GUEST.secret(), "another/token=");
    byte[] before = body("rotated", GUEST, 0);
    byte[] after = body("rotated", GUEST, 1);
    answers(client(GUEST).write(before), 204);
    answers(client(renewed).write(after), 503);
    answers(client(new Caller(GUEST.key(), GUEST.secret(), null)).write(after), 503);

    timestream.restartWith(profiles(renewed));
    answers(client(GUEST).write(after), 503);
    answers(client(renewed).write(after), 204);
    assertThat(stored("rotated", GUEST)).isEqualTo(2 * SAMPLES);

    timestream.restartWith(profiles(GUEST));
    answers(client(renewed).write(after), 503);
    answers(client(GUEST).write(after), 204);
    assertThat(stored("rotated", GUEST)).isEqualTo(2 * SAMPLES);
  }

  @Test
  void noSecretIsWrittenToTheLog() {
    answers(client(THIEF).write(body("bad", THIEF, 0)), 503);
    assertThat(connector.process().output())
        .contains("ready to begin serving")
        .doesNotContain(PLANT.secret(), GUEST.secret(), GUEST.token(), THIEF.secret());
  }

  private void write(String metric, Caller caller, int status) {
    RemoteClient client = client(caller);
    for (int request = 0; request < REQUESTS; request++) {
      answers(client.write(body(metric, caller, request)), status);
    }
  }

  private byte[] body(String metric, Caller caller, int request) {
    WireWriter body = new WireWriter();
    for (int part = 0; part < SAMPLES; part++) {
      Map<String, String> labels =
          Map.of("__name__", metric, "owner", caller.key(), "part", Integer.toString(part));
      body.series(labels, SampleRead.of(base + request, request + part / 1e3));
    }
    return body.compressed();
  }

  /** Whose samples a call of Timestream carries. */
  private static List<String> owners(HttpMessage call) {
    return Pattern.compile("AKID[A-Z]+")
        .matcher(call.text())
        .results()
        .map(found -> found.group())
        .distinct()
        .toList();
  }

  private static void answers(HttpResponse<byte[]> response, int status) {
    assertThat(response.statusCode()).as(() -> RemoteClient.text(response)).isEqualTo(status);
    if (status == 503) {
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
  }

  private static int stored(String metric, Caller owner) {
    String where = " WHERE measure_name = '%s' AND owner = '%s'".formatted(metric, owner.key());
    return Integer.parseInt(timestream.rows(count(DATABASE, where)).getFirst().getFirst());
  }

  private static String count(String database, String where) {
    return "SELECT count(*) FROM \"%s\".\"%s\"%s".formatted(database, TABLE, where);
  }

  private static RemoteClient client(Caller caller) {
    return RemoteClient.ofConnector(connector.web(), caller.headers());
  }

  private static void await(List<Future<?>> all) throws InterruptedException, ExecutionException {
    for (Future<?> one : all) {
      one.get();
    }
  }
}
