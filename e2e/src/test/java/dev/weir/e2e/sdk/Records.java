// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.model.Measure;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import java.util.List;
import software.amazon.awssdk.services.timestreamwrite.model.Dimension;
import software.amazon.awssdk.services.timestreamwrite.model.MeasureValue;
import software.amazon.awssdk.services.timestreamwrite.model.MeasureValueType;
import software.amazon.awssdk.services.timestreamwrite.model.Record;
import software.amazon.awssdk.services.timestreamwrite.model.TimeUnit;

/** Points as records: times and TIMESTAMP values in nanoseconds, numbers as Java prints them. */
final class Records {

  private Records() {}

  static Record of(PointBatch batch, int index) {
    Series series = batch.series(index);
    Measure measure = batch.measure(index);
    Record.Builder record =
        Record.builder()
            .dimensions(series.dimensions().stream().map(Records::dimension).toList())
            .measureName(series.measureName())
            .measureValueType(type(measure))
            .time(Long.toString(batch.epochNanos(index)))
            .timeUnit(TimeUnit.NANOSECONDS)
            .version(batch.version(index));
    if (measure instanceof Measure.OfMulti(List<Measure.Named> values)) {
      record.measureValues(values.stream().map(Records::value).toList());
    } else {
      record.measureValue(text(measure));
    }
    return record.build();
  }

  private static Dimension dimension(dev.weir.model.Dimension dimension) {
    return Dimension.builder().name(dimension.name()).value(dimension.value()).build();
  }

  private static MeasureValue value(Measure.Named named) {
    return MeasureValue.builder()
        .name(named.name())
        .type(type(named.value()))
        .value(text(named.value()))
        .build();
  }

  private static String text(Measure measure) {
    return switch (measure) {
      case Measure.OfDouble(double value) -> Double.toString(value);
      case Measure.OfBigint(long value) -> Long.toString(value);
      case Measure.OfVarchar(String value) -> value;
      case Measure.OfBoolean(boolean value) -> Boolean.toString(value);
      case Measure.OfTimestamp(long epochNanos) -> Long.toString(epochNanos);
      case Measure.OfMulti _ -> throw new IllegalArgumentException("a MULTI has no single text");
    };
  }

  private static MeasureValueType type(Measure measure) {
    return switch (measure.type()) {
      case DOUBLE -> MeasureValueType.DOUBLE;
      case BIGINT -> MeasureValueType.BIGINT;
      case VARCHAR -> MeasureValueType.VARCHAR;
      case BOOLEAN -> MeasureValueType.BOOLEAN;
      case TIMESTAMP -> MeasureValueType.TIMESTAMP;
      case MULTI -> MeasureValueType.MULTI;
    };
  }
}
