// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static dev.weir.store.timestream.query.AnswerText.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.Scope;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.kit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TimestreamReaderTest {

  private static final TableName TABLE = new TableName("weir", "a.b");
  private static final String TIME = "time|timestamp|TIMESTAMP";
  private static final String HOST = "host|varchar|DIMENSION";
  private static final String RACK = "rack|varchar|DIMENSION";
  private static final String VALUE = "measure_value::double|double|MEASURE_VALUE";

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00Z"));
  private final ScriptedUpstream upstream = new ScriptedUpstream();
  private final TimestreamReader reader =
      new TimestreamReader(upstream, clock, new Random(20_261_122), new ReadAheadLimit());

  @Test
  void listsDatabasesAndTablesInOrder() {
    upstream.answers(texts("more", "weir")).answers(texts("", "other"));
    upstream.answers(texts("", "two", "one"));

    assertThat(reader.databases()).containsExactly("other", "weir");
    assertThat(reader.tables("weir")).containsExactly("one", "two");
    assertThat(upstream.calls.getLast().body()).contains("SHOW TABLES FROM \\\"weir\\\"");
  }

  @Test
  void describesATable() {
    upstream.answers(texts("", HOST, TIME, VALUE));

    assertThat(reader.describe(TABLE).orElseThrow().columns())
        .containsExactly(
            new ColumnDescription("host", Scalar.VARCHAR, ColumnRole.DIMENSION),
            new ColumnDescription("time", Scalar.TIMESTAMP, ColumnRole.TIMESTAMP),
            new ColumnDescription(
                "measure_value::double", Scalar.DOUBLE, ColumnRole.MEASURE_VALUE));
    assertThat(upstream.calls.getLast().body()).contains("\"DESCRIBE \\\"weir\\\".\\\"a.b\\\"\"");
  }

  @Test
  void asksForTheColumnsOfNowAndKeepsThem() {
    upstream.answers(texts("", HOST, TIME)).answers(texts("", HOST, RACK, TIME));

    assertThat(dimensions()).containsExactly("host");
    assertThat(reader.describeNow(TABLE).orElseThrow().dimensionNames())
        .containsExactly("host", "rack");
    assertThat(dimensions()).containsExactly("host", "rack");
    assertThat(upstream.calls).hasSize(2);
  }

  @Test
  void whatIsNotThereIsEmptyAndAskedForAgain() {
    upstream.refuses("ValidationException", "line 1:10: Table 'weir.a.b' does not exist");
    upstream.refuses("ResourceNotFoundException", "no such table");
    upstream.refuses("ValidationException", "Requested database 'weir' not found at line 1:18");
    upstream.answers(texts("", HOST, TIME));
    assertThat(reader.describe(TABLE)).isEmpty();
    assertThat(reader.describe(TABLE)).isEmpty();
    assertThat(reader.tables("weir")).isEmpty();
    assertThat(reader.describe(TABLE)).isPresent();
  }

  @Test
  void tellsOtherFailuresAsTheyAre() {
    upstream.refuses(
        "AccessDeniedException", "User x is not authorized to perform: timestream:DescribeTable");
    upstream.refuses(
        "AccessDeniedException", "User x is not authorized to perform: timestream:Select");
    assertThatThrownBy(() -> reader.describe(TABLE))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
  }

  @Test
  void refusesADescriptionThatItDoesNotUnderstand() {
    upstream.answers(texts("", "host|varchar|SOMETHING_NEW")).answers(texts("", "host|varchar"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> reader.describe(TABLE))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERNAL));
    }
  }

  @Test
  void keepsTheColumnsOfATableForAMinute() {
    upstream.answers(texts("", HOST, TIME)).answers(texts("", HOST, RACK, TIME));

    assertThat(dimensions()).containsExactly("host");
    clock.advance(DescribedTable.FRESH.minusNanos(1));
    assertThat(dimensions()).containsExactly("host");
    assertThat(upstream.calls).hasSize(1);
    clock.advance(Duration.ofNanos(1));
    assertThat(dimensions()).containsExactly("host", "rack");
    assertThat(upstream.calls).hasSize(2);
  }

  @Test
  void asksAtOnceWhenANewDimensionWasWritten() {
    upstream.answers(texts("", HOST, TIME, VALUE)).answers(texts("", HOST, RACK, TIME, VALUE));
    dimensions();

    reader.written(TABLE, batch(new Measure.OfDouble(1), "host"));
    assertThat(dimensions()).containsExactly("host");
    assertThat(upstream.calls).hasSize(1);

    reader.written(TABLE, batch(new Measure.OfDouble(1), "host", "rack"));
    assertThat(dimensions()).containsExactly("host", "rack");
    assertThat(dimensions()).containsExactly("host", "rack");
    assertThat(upstream.calls).hasSize(2);
  }

  @Test
  void asksAtOnceWhenANewMeasureColumnWasWritten() {
    upstream.answers(texts("", HOST, TIME, VALUE)).answers(texts("", HOST, TIME, VALUE));
    upstream.answers(
        texts(
            "",
            HOST,
            TIME,
            VALUE,
            "measure_value::bigint|bigint|MEASURE_VALUE",
            "load|double|MULTI"));
    dimensions();

    reader.written(TABLE, batch(new Measure.OfBigint(1), "host"));
    dimensions();
    assertThat(upstream.calls).hasSize(2);

    reader.written(
        TABLE,
        batch(
            new Measure.OfMulti(List.of(new Measure.Named("load", new Measure.OfDouble(1)))),
            "host"));
    dimensions();
    dimensions();
    assertThat(upstream.calls).hasSize(3);
  }

  @Test
  void looksForANewColumnOnlyForAWhile() {
    for (int i = 0; i < 3; i++) {
      upstream.answers(texts("", HOST, TIME, VALUE));
    }
    dimensions();
    reader.written(TABLE, batch(new Measure.OfDouble(1), "rack"));
    dimensions();
    dimensions();
    assertThat(upstream.calls).hasSize(3);
    clock.advance(DescribedTable.APPEARS_WITHIN);
    reader.written(TABLE, batch(new Measure.OfDouble(1), "rack"));
    assertThat(dimensions()).containsExactly("host");
    assertThat(upstream.calls).hasSize(3);
  }

  @Test
  void writingToATableThatNobodyReadsAsksNothing() {
    reader.written(TABLE, batch(new Measure.OfDouble(1), "host"));
    assertThat(upstream.calls).isEmpty();
  }

  @Test
  void asksAgainAfterAQueryNamedAColumnThatIsNotThere() {
    upstream.answers(texts("", HOST, TIME));
    dimensions();
    upstream.refuses("ValidationException", "line 1:8: Column 'host' does not exist");
    upstream.answers(texts("", RACK, TIME));
    assertThatThrownBy(() -> reader.run(request())).hasMessageContaining("does not exist");
    assertThat(dimensions()).containsExactly("rack");
  }

  @Test
  void goesOnWithOldColumnsWhereTimestreamDoesNotAnswerButNotForEver() {
    upstream.answers(texts("", HOST, TIME)).fails(Kind.UNAVAILABLE).fails(Kind.UNAVAILABLE);
    dimensions();
    clock.advance(DescribedTable.FRESH);
    assertThat(dimensions()).containsExactly("host");
    clock.advance(DescribedTable.USABLE);
    assertThatThrownBy(this::dimensions).hasMessage("failed as UNAVAILABLE");
    assertThat(upstream.calls).hasSize(3);
  }

  @Test
  void doesNotGoOnWithOldColumnsThatAreKnownToBeTooFew() {
    upstream.answers(texts("", HOST, TIME)).fails(Kind.UNAVAILABLE);
    dimensions();
    reader.written(TABLE, batch(new Measure.OfDouble(1), "rack"));
    assertThatThrownBy(this::dimensions).hasMessage("failed as UNAVAILABLE");
  }

  @Test
  void oneAsksAtATimeAndTheOthersGoOnWithTheOldColumns() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    upstream.answers(texts("", HOST, TIME));
    upstream.answersAfter(gate, texts("", HOST, RACK, TIME));
    dimensions();
    ScriptedUpstream.next(upstream.made);
    clock.advance(DescribedTable.FRESH);
    FutureTask<List<String>> asking = new FutureTask<>(this::dimensions);
    Thread.ofVirtual().start(asking);
    ScriptedUpstream.next(upstream.made);

    assertThat(dimensions()).containsExactly("host");

    gate.countDown();
    assertThat(asking.get()).containsExactly("host", "rack");
    assertThat(dimensions()).containsExactly("host", "rack");
    assertThat(upstream.calls).hasSize(2);
  }

  @Test
  void othersWaitWhereNothingIsKnown() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    upstream.answersAfter(gate, texts("", HOST, TIME));
    FutureTask<List<String>> first = new FutureTask<>(this::dimensions);
    FutureTask<List<String>> second = new FutureTask<>(this::dimensions);
    Thread.ofVirtual().start(first);
    ScriptedUpstream.next(upstream.made);
    Thread.ofVirtual().start(second);
    gate.countDown();
    assertThat(first.get()).containsExactly("host");
    assertThat(second.get()).containsExactly("host");
    assertThat(upstream.calls).hasSize(1);
  }

  @Test
  void forgetsTablesWhenThereAreMoreThanItKeeps() {
    for (int i = 0; i < TimestreamCatalog.TABLES_MAX + 2; i++) {
      upstream.answers(texts("", HOST, TIME));
    }
    for (int i = 0; i < TimestreamCatalog.TABLES_MAX; i++) {
      reader.describe(new TableName("weir", "table" + i));
    }
    reader.describe(new TableName("weir", "table0"));
    assertThat(upstream.calls).hasSize(TimestreamCatalog.TABLES_MAX);
    reader.describe(new TableName("weir", "another"));
    reader.describe(new TableName("weir", "table0"));
    assertThat(upstream.calls).hasSize(TimestreamCatalog.TABLES_MAX + 2);
  }

  @Test
  void asksForItsHealthAtMostEveryThirtySeconds() {
    upstream.answers(texts("", "weir")).fails(Kind.UNAVAILABLE);
    assertThat(reader.health().ready()).isTrue();
    clock.advance(TimestreamHealth.EVERY.minusNanos(1));
    assertThat(reader.health().ready()).isTrue();
    assertThat(upstream.calls).hasSize(1);
    clock.advance(Duration.ofNanos(1));
    assertThat(reader.health())
        .extracting(health -> health.ready(), health -> health.message())
        .containsExactly(false, "Timestream does not answer: failed as UNAVAILABLE");
    assertThat(reader.health().ready()).isFalse();
    assertThat(upstream.calls).hasSize(2);
  }

  @Test
  void isHealthyThoughItMayNotListDatabases() {
    upstream.refuses(
        "AccessDeniedException",
        "User: arn:aws:iam::1:user/x is not authorized to perform: timestream:ListDatabases");
    assertThat(reader.health().ready()).isTrue();
  }

  @Test
  void isNotHealthyWithCredentialsThatNobodyKnows() {
    upstream.refuses(
        "UnrecognizedClientException", "The security token included in the request is invalid.");
    assertThat(reader.health().ready()).isFalse();
  }

  private List<String> dimensions() {
    Optional<TableDescription> table = reader.describe(TABLE);
    return table.orElseThrow().dimensionNames();
  }

  private QueryRequest request() {
    return new QueryRequest("SELECT 1", Scope.all(), clock.instant().plusSeconds(10));
  }

  private static PointBatch batch(Measure measure, String... dimensions) {
    Series series =
        Series.of(
            "load", List.of(dimensions).stream().map(name -> new Dimension(name, "x")).toList());
    return PointBatch.of(List.of(new Point(series, 1, measure)));
  }
}
