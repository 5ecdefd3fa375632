// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static dev.weir.lambda.monitor.result.Reports.down;
import static dev.weir.lambda.monitor.result.Reports.downAgain;
import static dev.weir.lambda.monitor.result.Reports.missed;
import static dev.weir.lambda.monitor.result.Reports.site;
import static dev.weir.lambda.monitor.result.Reports.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.document.DocumentKey;
import dev.weir.model.Measure;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.notice.Notice;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.monitor.record.CheckTables;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ReportWriterTest {

  private static final Site SHOP = site("default", "shop");
  private static final Site BLOG = site("default", "blog");
  private static final Site ACME = site("acme", "crm");
  private static final TableName TABLE = CheckTables.ORIGINAL.results("default");
  private static final TableName ACMES = CheckTables.ORIGINAL.results("acme");

  private final KeyedPoints store = new KeyedPoints();
  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(Reports.START.plus(Duration.ofHours(1)));
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final ReportWriter writer = writer();

  @Test
  void storesTheReportsOfABatchByOneWriteForEachTable() {
    Map<String, String> bodies = new LinkedHashMap<>();
    for (int minute = 0; minute < 100; minute++) {
      bodies.put("shop" + minute, up(SHOP, minute));
      bodies.put("crm" + minute, up(ACME, minute));
    }

    assertThat(write(bodies)).isEmpty();

    assertThat(store.stored()).hasSize(200);
    assertThat(store.of("crm")).hasSize(100);
    assertThat(store.calls()).isEqualTo(2);
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "stored 100, 0 again: " + TABLE, "stored 100, 0 again: " + ACMES);
  }

  @Test
  void b11AFailedWriteSaysWhyAndComesBack() {
    store.fail(
        TABLE,
        new StoreException(StoreException.Kind.THROTTLED, "the account's writes per second"));

    assertThat(write(Map.of("a", up(SHOP, 0)))).containsExactly("a");

    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst())
        .contains("put off a", "THROTTLED", TABLE.toString(), "the account's writes per second");
    store.mend();
    assertThat(write(Map.of("a", up(SHOP, 0)))).isEmpty();
    assertThat(store.of("shop")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONFLICT")
  void b15ARecordThatIsRefusedLosesNoOther(Rejection.Reason reason) {
    store.refuse("blog", reason);

    assertThat(write(batch("a", up(SHOP, 0), "b", up(BLOG, 0), "c", up(SHOP, 1))))
        .containsExactly("b");

    assertThat(store.of("shop")).hasSize(2);
    assertThat(store.of("blog")).isEmpty();
    assertThat(heard.getLast())
        .contains("refused b", reason.name(), TABLE.toString(), "this one is not taken");
  }

  @Test
  void whatOneTableDoesNotTakeHoldsUpNobodyElse() {
    store.fail(ACMES, new StoreException(StoreException.Kind.NOT_FOUND, "there is no table"));

    assertThat(write(batch("a", up(SHOP, 0), "b", up(ACME, 0)))).containsExactly("b");

    assertThat(store.of("shop")).hasSize(1);
    assertThat(heard).anyMatch(line -> line.contains("put off b") && line.contains("no table"));
  }

  @ParameterizedTest
  @EnumSource
  void whateverAStoreSaysNothingIsLost(StoreException.Kind kind) {
    store.fail(TABLE, new StoreException(kind, "no"));

    assertThat(write(batch("a", up(SHOP, 0), "b", up(SHOP, 1))))
        .containsExactlyInAnyOrder("a", "b");

    String verb = kind.retryable() ? "put off" : "refused";
    assertThat(heard).hasSize(2).allMatch(line -> line.startsWith(verb) && line.endsWith("no"));
  }

  @Test
  void aFaultOfOursOrOfTheMachineLosesNothing() {
    for (Throwable fault : List.of(new IllegalStateException("a bug"), new OutOfMemoryError("x"))) {
      ReportWriter broken =
          new ReportWriter(
              (table, batch, deadline) -> {
                if (fault instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) fault;
              },
              book(),
              listener(),
              clock);

      assertThat(broken.write(Map.of("a", up(SHOP, 0)), Instant.MAX, Instant.MAX))
          .as("%s", fault)
          .containsExactly("a");
      assertThat(heard.removeLast()).contains("put off a", fault.toString());
    }
  }

  @Test
  void exactlyTheMessagesThatAreNoReportsAreRefused() {
    String whole = up(SHOP, 0);
    Map<String, String> bodies =
        batch(
            "whole",
            whole,
            "empty",
            "",
            "text",
            "down!",
            "object",
            "{}",
            "half",
            whole.substring(0, whole.length() / 2),
            "points",
            whole.replaceFirst("\"points\":\"....", "\"points\":\"AAAA"),
            "region",
            whole.replace("\"region\"", "\"regiom\""));

    assertThat(write(bodies))
        .containsExactlyInAnyOrder("empty", "text", "object", "half", "points", "region");

    assertThat(store.of("shop")).hasSize(1);
    assertThat(heard.stream().filter(line -> line.startsWith("refused "))).hasSize(6);
    assertThat(heard).noneMatch(line -> line.contains("shop.example"));
  }

  @Test
  void aReportThatComesTwiceIsOneRecordAndOneIncident() {
    for (int i = 0; i < 3; i++) {
      assertThat(write(batch("a", down(SHOP, 0), "b", down(SHOP, 0)))).isEmpty();
    }

    assertThat(store.of("shop")).hasSize(1);
    assertThat(heard).containsOnlyOnce("opened shop");
    assertThat(heard).contains("stored 2, 1 again: " + TABLE, "stored 2, 2 again: " + TABLE);
    assertThat(heard).noneMatch(line -> line.startsWith("refused") || line.startsWith("second"));
  }

  @Test
  void ofTwoRunsOfOneSlotTheFirstWinsAndNothingFails() {
    assertThat(write(Map.of("a", up(SHOP, 0)))).isEmpty();
    Measure first = store.of("shop").getFirst();

    assertThat(write(Map.of("b", downAgain(SHOP, 0)))).isEmpty();

    assertThat(store.of("shop")).containsExactly(first);
    assertThat(heard).contains("second run b");
    assertThat(heard).doesNotContain("opened shop");
  }

  @Test
  void incidentsComeInTheOrderOfSlotsHoweverTheMessagesCome() {
    assertThat(
            write(
                batch("a", up(SHOP, 2), "b", down(SHOP, 1), "c", up(SHOP, 0), "d", down(SHOP, 3))))
        .isEmpty();

    assertThat(heard.stream().filter(line -> line.endsWith(" shop")))
        .containsExactly("opened shop", "closed shop", "opened shop");
    assertThat(write(Map.of("e", up(SHOP, 1)))).isEmpty();
    assertThat(book().open(null)).as("an old one changes nothing").hasSize(1);
  }

  @Test
  void aMissedSlotIsStoredAndSaysNothingOfTheSite() {
    assertThat(write(batch("a", down(SHOP, 0), "b", missed(SHOP, 1)))).isEmpty();

    assertThat(store.of("shop")).hasSize(2);
    assertThat(book().open(null)).hasSize(1);
  }

  @Test
  void aRunReplacesAMissOfItsSlotAndIsTold() {
    assertThat(write(Map.of("miss", missed(SHOP, 0)))).isEmpty();
    Measure miss = store.of("shop").getFirst();

    assertThat(write(Map.of("run", down(SHOP, 0)))).isEmpty();

    assertThat(store.of("shop")).hasSize(1).doesNotContain(miss);
    assertThat(heard).contains("opened shop").doesNotContain("second run run");
  }

  @Test
  void aMissAfterARunOfItsSlotIsDropped() {
    assertThat(write(Map.of("run", down(SHOP, 0)))).isEmpty();
    List<Measure> run = store.of("shop");

    assertThat(write(Map.of("miss", missed(SHOP, 0)))).isEmpty();

    assertThat(store.of("shop")).isEqualTo(run);
    assertThat(heard).contains("second run miss");
    assertThat(book().open(null)).hasSize(1);
  }

  @Test
  void incidentsAreToldOfWhileNothingCanBeStored() {
    store.fail(TABLE, new StoreException(StoreException.Kind.UNAVAILABLE, "an outage"));

    assertThat(write(Map.of("a", down(SHOP, 0)))).containsExactly("a");
    assertThat(heard).contains("opened shop");

    store.mend();
    assertThat(write(Map.of("a", down(SHOP, 0)))).isEmpty();
    assertThat(store.of("shop")).hasSize(1);
    assertThat(heard).containsOnlyOnce("opened shop");
  }

  @Test
  void whatIsRefusedForGoodMakesNoIncident() {
    store.refuse("shop", Rejection.Reason.TOO_OLD);

    assertThat(write(Map.of("a", down(SHOP, 0)))).containsExactly("a");

    assertThat(heard).doesNotContain("opened shop");
    assertThat(documents.list("site-states", null, 10)).isEmpty();
  }

  @Test
  void aRecordIsStoredOnceWhereItsIncidentHasToBeRepeated() {
    documents.failNext(new StoreException(StoreException.Kind.THROTTLED, "too fast"));

    assertThat(write(Map.of("a", down(SHOP, 0)))).containsExactly("a");
    assertThat(store.of("shop")).hasSize(1);
    assertThat(heard).anyMatch(line -> line.contains("put off a") && line.contains("too fast"));
    assertThat(heard).doesNotContain("opened shop");

    assertThat(write(Map.of("a", down(SHOP, 0)))).isEmpty();
    assertThat(store.of("shop")).hasSize(1);
    assertThat(heard).contains("stored 1, 1 again: " + TABLE).containsOnlyOnce("opened shop");
  }

  @Test
  void afterAnIncidentThatCouldNotBeToldNoLaterOneOfItsSiteIsTaken() {
    documents.failNext(new StoreException(StoreException.Kind.THROTTLED, "too fast"));

    assertThat(
            write(
                batch("a", down(SHOP, 0), "b", up(SHOP, 1), "c", down(SHOP, 2), "d", up(BLOG, 0))))
        .containsExactlyInAnyOrder("a", "b", "c");

    assertThat(write(batch("c", down(SHOP, 2), "a", down(SHOP, 0), "b", up(SHOP, 1)))).isEmpty();
    assertThat(heard.stream().filter(line -> line.endsWith(" shop")))
        .containsExactly("opened shop", "closed shop", "opened shop");
  }

  @Test
  void whatThereIsNoTimeForComesBack() {
    Instant now = clock.instant();

    assertThat(writer.write(batch("a", down(SHOP, 0), "b", up(BLOG, 0)), now, now))
        .containsExactlyInAnyOrder("a", "b");

    assertThat(heard.stream().filter(line -> line.contains("no time was left"))).hasSize(2);
    assertThat(write(batch("a", down(SHOP, 0), "b", up(BLOG, 0)))).isEmpty();
    assertThat(heard).contains("opened shop");
  }

  @Test
  void b6LatencyOverItsConstraintIsStoredAndTold() {
    assertThat(write(Map.of("a", Reports.slow(SHOP, 0)))).isEmpty();

    assertThat(store.of("shop").getFirst())
        .isInstanceOfSatisfying(
            Measure.OfMulti.class,
            record ->
                assertThat(record.values())
                    .contains(
                        new Measure.Named(
                            "failed_expectation", new Measure.OfVarchar("latency <= 2s")),
                        new Measure.Named("error_class", new Measure.OfVarchar("latency")),
                        new Measure.Named("endpoint_up", new Measure.OfBoolean(false))));
    assertThat(heard).contains("opened shop");
    assertThat(book().open(null).getFirst().cause().expectation()).isEqualTo("latency <= 2s");
  }

  @Test
  void aStateThatNobodyWroteLosesNoReport() {
    documents.apply(
        List.of(
            new dev.weir.document.DocumentEdit.Put(
                new DocumentKey("site-states", "default/shop/" + Reports.REGION), "{}", -1)));

    assertThat(write(Map.of("a", down(SHOP, 0)))).isEmpty();

    assertThat(heard).contains("unreadable", "opened shop");
  }

  private Set<String> write(Map<String, String> bodies) {
    return writer.write(bodies, Instant.MAX, Instant.MAX);
  }

  private static Map<String, String> batch(String... idsAndBodies) {
    Map<String, String> bodies = new LinkedHashMap<>();
    for (int i = 0; i < idsAndBodies.length; i += 2) {
      bodies.put(idsAndBodies[i], idsAndBodies[i + 1]);
    }
    return bodies;
  }

  private ReportWriter writer() {
    return new ReportWriter(store, book(), listener(), clock);
  }

  private IncidentBook book() {
    return new IncidentBook(
        documents,
        Channels.NONE,
        clock,
        new NoticeListener() {
          @Override
          public void happened(Notice notice) {
            heard.add(notice.kind().spelling() + " " + notice.incident().site().id());
          }

          @Override
          public void unreadable(String state, RuntimeException why) {
            heard.add("unreadable");
          }
        });
  }

  private WriterListener listener() {
    return new WriterListener() {
      @Override
      public void stored(TableName table, int records, int repeated) {
        heard.add("stored %d, %d again: %s".formatted(records, repeated, table));
      }

      @Override
      public void secondRun(String message) {
        heard.add("second run " + message);
      }

      @Override
      public void refused(String message, String why) {
        heard.add("refused " + message + ": " + why);
      }

      @Override
      public void putOff(String message, String why) {
        heard.add("put off " + message + ": " + why);
      }
    };
  }
}
