// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand calls of Timestream, of which every tenth is throttled, fails, hangs or is cut, and
 * a connector that is killed in the middle: nothing that a sender was told to be stored is missing,
 * and no reader is told less than there is.
 */
class ConnectorFaultsIT {

  private static final long SEED = Long.getLong("weir.e2e.seed", 20_261_122);
  private static final int CALLS = 10_000;
  private static final int SENDERS = 16;
  private static final Duration LIMIT = Duration.ofSeconds(240);
  private static final String DATABASE = "prom";
  private static final String TABLE = "metrics";

  /** Of ten thousand calls. Few hang: each costs its request all the time that it has. */
  private static final Map<Fault, Integer> SHARES =
      Map.ofEntries(
          Map.entry(Fault.THROTTLED, 200),
          Map.entry(Fault.THROTTLED_400, 200),
          Map.entry(Fault.INTERNAL, 150),
          Map.entry(Fault.INTERNAL_HTML, 100),
          Map.entry(Fault.CUT_BEFORE, 100),
          Map.entry(Fault.CUT_AFTER, 100),
          Map.entry(Fault.CUT_IN_ANSWER, 50),
          Map.entry(Fault.CUT_IN_HEAD, 50),
          Map.entry(Fault.WRONG_ENDPOINT, 20),
          Map.entry(Fault.REJECTS_FIRST, 20),
          Map.entry(Fault.SLOW, 100),
          Map.entry(Fault.HANG, 4),
          Map.entry(Fault.HANG_AFTER, 4));

  private static final String STEADY = "steady_metric";
  private static final int STEADY_SAMPLES = 1_000;

  @TempDir Path folder;

  private final long base = System.currentTimeMillis() - 3_600_000;

  @Test
  void nothingThatASenderConsidersSentIsMissing() throws Exception {
    System.out.printf("fault seed %d%n", SEED);
    try (LocalTimestream timestream = LocalTimestream.start(folder)) {
      timestream.createTable(DATABASE, TABLE);
      try (FaultProxy proxy = FaultProxy.before(timestream);
          ConnectorProcess connector =
              ConnectorProcess.start(
                  folder, proxy.endpoint(), DATABASE, TABLE, "--max-write-retries=3")) {
        writeSteadySeries(client(connector));
        proxy.follow(FaultPlan.seeded(SEED, SHARES));
        List<FaultSender> senders = send(proxy, connector);
        senders.forEach(sender -> sender.check(stored(timestream, sender)));
        report(proxy, senders);
        assertThat(proxy.met()).containsKeys(SHARES.keySet().toArray(Fault[]::new));
        assertThat(senders)
            .allSatisfy(sender ->
                assertThat(sender.refusals())
                    .allSatisfy(text -> assertThat(text).contains("not wanted today")));
        assertThat(senders.stream().mapToInt(FaultSender::repeats).sum()).isPositive();
      }
    }
  }

  @Test
  void theSameSeedMakesTheSameFaults() {
    FaultPlan plan = FaultPlan.seeded(SEED, SHARES);
    FaultPlan again = FaultPlan.seeded(SEED, SHARES);
    FaultPlan other = FaultPlan.seeded(SEED + 1, SHARES);
    assertThat(IntStream.range(0, CALLS))
        .allSatisfy(call ->
            assertThat(again.of("WriteRecords", call)).isEqualTo(plan.of("WriteRecords", call)));
    assertThat(IntStream.range(0, CALLS))
        .anySatisfy(call ->
            assertThat(other.of("WriteRecords", call)).isNotEqualTo(plan.of("WriteRecords", call)));
  }

  /** Sends until there were enough calls; then the faults end, and what was begun is ended. */
  private List<FaultSender> send(FaultProxy proxy, ConnectorProcess connector)
      throws InterruptedException, ExecutionException {
    List<FaultSender> senders = new ArrayList<>();
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int number = 0; number < SENDERS; number++) {
        FaultSender sender = new FaultSender(number, SEED, base, client(connector));
        senders.add(sender);
        all.add(threads.submit(() -> sender.sendUntil(enough::get)));
      }
      all.add(threads.submit(() -> readUntil(client(connector), enough)));
      awaitCalls(proxy, CALLS / 2, all);
      connector.killAndRestart();
      awaitCalls(proxy, CALLS, all);
      enough.set(true);
      proxy.endFaults();
      for (Future<?> one : all) {
        one.get();
      }
    }
    return senders;
  }

  private static void awaitCalls(FaultProxy proxy, int calls, List<Future<?>> all) {
    Patience.until(
        LIMIT,
        () -> proxy.calls("WriteRecords") + " calls; seed " + SEED,
        () -> proxy.calls("WriteRecords") >= calls || all.stream().anyMatch(Future::isDone));
  }

  private void writeSteadySeries(RemoteClient client) {
    SampleRead[] samples = new SampleRead[STEADY_SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = SampleRead.of(base + i, i / 8.0);
    }
    byte[] body = new WireWriter().series(Map.of("__name__", STEADY), samples).compressed();
    assertThat(client.write(body).statusCode()).isEqualTo(204);
  }

  /** A reader gets all or is told that it did not: never a part, never that it asked wrongly. */
  private void readUntil(RemoteClient client, AtomicBoolean enough) {
    byte[] query =
        ReadQuery.request(ReadQuery.between(base, base + STEADY_SAMPLES).equal("__name__", STEADY));
    int whole = 0;
    while (!enough.get() || whole == 0) {
      try {
        var response = client.read(query);
        if (response.statusCode() == 200) {
          List<SeriesRead> found = ReadAnswer.of(response.body()).only();
          assertThat(found).as("seed %d", SEED).hasSize(1);
          assertThat(found.getFirst().samples()).hasSize(STEADY_SAMPLES);
          whole++;
        } else {
          assertThat(response.statusCode()).as(() -> RemoteClient.text(response)).isEqualTo(503);
        }
      } catch (UncheckedIOException e) {
        // Cut in the middle, or the connector is down.
      }
      Patience.pause(100);
    }
    System.out.printf("%d whole reads%n", whole);
  }

  private static List<List<String>> stored(LocalTimestream timestream, FaultSender sender) {
    return timestream.rows(
        "SELECT part, to_milliseconds(time), measure_value::double FROM \"%s\".\"%s\" WHERE sender = '%d'"
            .formatted(DATABASE, TABLE, sender.number()));
  }

  private static void report(FaultProxy proxy, List<FaultSender> senders) {
    System.out.printf(
        "%d calls, %d requests, %d samples, %d repeats, %d refused; calls met %s%n",
        proxy.calls("WriteRecords"),
        senders.stream().mapToInt(FaultSender::requests).sum(),
        senders.stream().mapToInt(FaultSender::samples).sum(),
        senders.stream().mapToInt(FaultSender::repeats).sum(),
        senders.stream().mapToInt(sender -> sender.refusals().size()).sum(),
        proxy.met());
  }

  private static RemoteClient client(ConnectorProcess connector) {
    return RemoteClient.ofConnector(connector.web(), LocalTimestream.OWNER.headers());
  }
}
