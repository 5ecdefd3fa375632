// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Moves times from the day of a contract to another one and back, by whole hours, so that bins of
 * up to an hour stay as they are.
 *
 * @param nanos what is added on the way forth
 */
record ShiftedTime(long nanos) {

  /** Milliseconds since the epoch, as queries spell them. */
  private static final Pattern MILLIS = Pattern.compile("\\b1[0-9]{12}\\b");

  /** At most an hour before the later moment. */
  static ShiftedTime between(Instant from, Instant to) {
    return new ShiftedTime(Duration.ofHours(Duration.between(from, to).toHours()).toNanos());
  }

  long forth(long epochNanos) {
    return epochNanos + nanos;
  }

  String forth(String sql) {
    return MILLIS
        .matcher(sql)
        .replaceAll(found -> Long.toString(Long.parseLong(found.group()) + nanos / 1_000_000));
  }

  ResultPage back(ResultPage page) {
    return new ResultPage(page.columns().stream().map(this::back).toList(), page.rowCount());
  }

  private Column back(Column column) {
    ColumnVector values =
        switch (column.values()) {
          case ColumnVector.Longs times when column.type().equals(ValueType.Scalar.TIMESTAMP) ->
              new ColumnVector.Longs(back(times.values()), times.nulls());
          case ColumnVector.TimeSeries series ->
              new ColumnVector.TimeSeries(
                  series.offsets(), back(series.epochNanos()), series.values(), series.nulls());
          default -> column.values();
        };
    return new Column(column.name(), column.type(), values);
  }

  private long[] back(long[] times) {
    return Arrays.stream(times).map(time -> time - nanos).toArray();
  }
}
