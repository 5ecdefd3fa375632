// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import dev.weir.model.Measure;
import dev.weir.model.Measure.Named;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** What contracts about the tables of an account share: one such table, and short ways to it. */
abstract class AccountTables extends StoreContract {

  protected static final TableName SENSORS = new TableName("plant", "sensors");

  @BeforeEach
  void makeDatabase() {
    store().administration().createDatabase(SENSORS.database(), null, Map.of());
  }

  /** Properties without a partition key of the owner's. */
  protected static TableProperties properties(
      Duration memory, Duration magnetic, boolean magneticWrites) {
    return new TableProperties(
        memory,
        magnetic,
        new MagneticWrites(magneticWrites, null),
        new PartitionKey.OfMeasureName());
  }

  protected final void make(TableProperties properties) {
    store().administration().createTable(SENSORS, properties, Map.of());
    store().betweenSteps();
  }

  protected final void change(TableProperties properties) {
    store().administration().updateTable(SENSORS, properties);
    store().betweenSteps();
  }

  /** Writes to the table, then lets the store do what it likes between two steps. */
  protected final WriteOutcome put(Point... points) {
    return put(List.of(points));
  }

  protected final WriteOutcome put(List<Point> points) {
    WriteOutcome outcome = store().writer().write(SENSORS, PointBatch.of(points), deadline());
    store().betweenSteps();
    return outcome;
  }

  /** The only rejection, of a single point. */
  protected final Rejection refused(Point point) {
    WriteOutcome outcome = put(point);
    if (outcome.accepted() != 0 || outcome.rejections().size() != 1) {
      throw new AssertionError("not refused: " + point + ", but " + outcome);
    }
    return outcome.rejections().getFirst();
  }

  protected static Point multi(Series series, long epochNanos, long version, Named... values) {
    return new Point(series, epochNanos, new Measure.OfMulti(List.of(values)), version);
  }

  protected static Named named(String name, double value) {
    return new Named(name, new Measure.OfDouble(value));
  }

  protected static Named named(String name, long value) {
    return new Named(name, new Measure.OfBigint(value));
  }

  protected static Named named(String name, String value) {
    return new Named(name, new Measure.OfVarchar(value));
  }
}
