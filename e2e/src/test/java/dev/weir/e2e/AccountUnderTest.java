// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.query.Scope;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableCreator;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.kit.Capability;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.StoreUnderTest;
import dev.weir.store.timestream.TimestreamStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * A database of an account whose clock is the real one, held to contracts that speak of another day
 * and of other names: what goes in is shifted to now and renamed, what comes back is shifted back.
 * Each table that a contract makes is a new one, and goes when the store is closed.
 */
final class AccountUnderTest implements StoreUnderTest {

  private static final Duration VISIBLE_MAX = Duration.ofSeconds(60);
  private static final Duration CALL_MAX = Duration.ofSeconds(60);
  private static final String CONTRACT_DATABASE = "weir";

  private final TimestreamStore store;
  private final TimestreamWriteClient owner;
  private final String database;
  private final ManualClock clock;
  private final ShiftedTime shift;
  private final Map<String, String> tables = new HashMap<>();
  private Runnable visible = () -> {};

  /**
   * Over an account.
   *
   * @param owner makes and deletes tables
   * @param database is there already
   */
  AccountUnderTest(
      TimestreamStore store, TimestreamWriteClient owner, String database, Instant contractNow) {
    this.store = store;
    this.owner = owner;
    this.database = database;
    this.clock = new ManualClock(contractNow);
    this.shift = ShiftedTime.between(contractNow, Instant.now());
  }

  @Override
  public TableCreator tables() {
    return (table, rules) -> tables.computeIfAbsent(table.table(), name -> create(name, rules));
  }

  private String create(String name, TableRules rules) {
    String real = "%s_%x".formatted(name, System.nanoTime());
    owner.createTable(c ->
        c.databaseName(database)
            .tableName(real)
            .retentionProperties(r ->
                r.memoryStoreRetentionPeriodInHours(rules.retention().toHours())
                    .magneticStoreRetentionPeriodInDays(rules.retention().toDays())));
    return real;
  }

  private TableName real(TableName table) {
    return new TableName(database, tables.getOrDefault(table.table(), table.table()));
  }

  private String real(String sql) {
    String renamed = sql;
    for (Map.Entry<String, String> table : tables.entrySet()) {
      renamed =
          renamed.replace(
              CONTRACT_DATABASE + "." + table.getKey(),
              "\"%s\".\"%s\"".formatted(database, table.getValue()));
    }
    return shift.forth(renamed);
  }

  @Override
  public PointWriter writer() {
    return (table, batch, deadline) -> {
      List<Point> shifted =
          IntStream.range(0, batch.size()).mapToObj(batch::point).map(this::shifted).toList();
      WriteOutcome outcome =
          store.write(real(table), PointBatch.of(shifted), Instant.now().plus(CALL_MAX));
      visible = () -> awaitVisible(real(table), shifted, outcome);
      return outcome;
    };
  }

  private Point shifted(Point point) {
    return new Point(
        point.series(), shift.forth(point.epochNanos()), shifted(point.measure()), point.version());
  }

  private Measure shifted(Measure measure) {
    return switch (measure) {
      case Measure.OfTimestamp time -> new Measure.OfTimestamp(shift.forth(time.epochNanos()));
      case Measure.OfMulti multi ->
          new Measure.OfMulti(
              multi.values().stream()
                  .map(one -> new Measure.Named(one.name(), shifted(one.value())))
                  .toList());
      default -> measure;
    };
  }

  /** Reads may run behind writes: they are waited for at the last point that was taken. */
  private void awaitVisible(TableName table, List<Point> points, WriteOutcome outcome) {
    List<Point> taken = new ArrayList<>(points);
    outcome.rejections().reversed().forEach(rejected -> taken.remove(rejected.index()));
    if (taken.isEmpty()) {
      return;
    }
    Point last = taken.getLast();
    String sql =
        "SELECT 1 FROM \"%s\".\"%s\" WHERE measure_name = '%s' AND time = from_nanoseconds(%d)"
            .formatted(
                table.database(), table.table(), last.series().measureName(), last.epochNanos());
    Patience.until(VISIBLE_MAX, () -> sql, () -> run(sql).page().rowCount() > 0);
  }

  private QueryPage run(String sql) {
    return store.run(new QueryRequest(sql, Scope.all(), Instant.now().plus(CALL_MAX)));
  }

  @Override
  public QueryRunner queries() {
    return new QueryRunner() {
      @Override
      public QueryPage run(QueryRequest request) {
        QueryPage page =
            store.run(
                new QueryRequest(
                    real(request.text()),
                    request.scope(),
                    Instant.now().plus(CALL_MAX),
                    request.rowsMax(),
                    request.resumeToken(),
                    request.queryId()));
        return new QueryPage(
            page.queryId(), shift.back(page.page()), page.resumeToken(), page.scannedBytes());
      }

      @Override
      public boolean cancel(String queryId) {
        return store.cancel(queryId);
      }
    };
  }

  @Override
  public CatalogReader catalog() {
    return new CatalogReader() {
      @Override
      public List<String> databases() {
        return store.databases();
      }

      @Override
      public List<String> tables(String name) {
        return store.tables(name);
      }

      @Override
      public Optional<TableDescription> describe(TableName table) {
        return store.describe(real(table));
      }
    };
  }

  @Override
  public CatalogWriter administration() {
    throw new UnsupportedOperationException("an account is administered by its owner");
  }

  @Override
  public ResourceTags tags() {
    throw new UnsupportedOperationException("an account is administered by its owner");
  }

  @Override
  public AccountSettings.Keeper settings() {
    throw new UnsupportedOperationException("an account is administered by its owner");
  }

  @Override
  public Set<Capability> lacks() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public ManualClock clock() {
    return clock;
  }

  @Override
  public void betweenSteps() {
    visible.run();
    visible = () -> {};
  }

  @Override
  public void close() {
    tables
        .values()
        .forEach(name -> owner.deleteTable(d -> d.databaseName(database).tableName(name)));
  }
}
