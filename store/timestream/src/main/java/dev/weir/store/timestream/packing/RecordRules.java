// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.TableRules;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Timestream refuses for certain, whatever the table holds (AWS developer guide, "Quotas" and
 * "Naming constraints"). Judged here so that one bad record doesn't cost its call a bisection. What
 * depends on the table, or is documented in two ways, is left to Timestream.
 */
final class RecordRules {

  static final int DIMENSIONS_MAX = TableRules.ACCOUNT_DIMENSIONS_MAX;
  static final int DIMENSION_NAME_BYTES_MAX = TableRules.ACCOUNT_DIMENSION_NAME_BYTES_MAX;
  static final int MEASURE_NAME_BYTES_MAX = TableRules.ACCOUNT_MEASURE_NAME_BYTES_MAX;

  /** Bytes of all names and values of the dimensions of a record. */
  static final int DIMENSIONS_BYTES_MAX = TableRules.ACCOUNT_SERIES_BYTES_MAX;

  /** Bytes of a VARCHAR, and of all values of a MULTI. */
  static final int VALUE_BYTES_MAX = 2_048;

  static final int MULTI_VALUES_MAX = 256;

  /**
   * "Maximum record size", of dimensions, measure names and values together. Other quotas allow
   * each of them as much alone, so what exactly is counted is Timestream's to say: a record over
   * this is sent, in a call of its own.
   */
  static final int RECORD_BYTES_MAX = 2_048;

  private static final Set<String> RESERVED =
      Set.of("time", "measure_value", "ts_non_existent_col");
  private static final String[] RESERVED_PREFIXES = {"ts_", "measure_name"};
  private static final int SHOWN_LENGTH = 200;

  private RecordRules() {}

  static @Nullable Refusal judgeDimension(Dimension dimension) {
    Refusal refusal = judgeName("dimension name", dimension.name(), DIMENSION_NAME_BYTES_MAX);
    if (refusal != null) {
      return refusal;
    }
    String what = "value of dimension \"" + dimension.name() + "\"";
    if (!JsonText.isWellFormed(dimension.value())) {
      return new Refusal(Reason.NAME, what + " is not allowed: it has half of a surrogate pair");
    }
    int bytes = JsonText.utf8Bytes(dimension.value());
    return bytes > DIMENSIONS_BYTES_MAX ? tooLong(what, bytes, DIMENSIONS_BYTES_MAX) : null;
  }

  static @Nullable Refusal judgeMeasureName(String name) {
    return judgeName("measure name", name, MEASURE_NAME_BYTES_MAX);
  }

  /** Judges the dimensions of a record together. */
  static @Nullable Refusal judgeDimensions(Series series, int bytes) {
    int count = series.dimensions().size();
    if (count > DIMENSIONS_MAX) {
      return new Refusal(
          Reason.LIMIT,
          "series %s has %d dimensions, the limit is %d"
              .formatted(shown(series), count, DIMENSIONS_MAX));
    }
    if (bytes > DIMENSIONS_BYTES_MAX) {
      return tooLong("the dimensions of series " + shown(series), bytes, DIMENSIONS_BYTES_MAX);
    }
    return null;
  }

  /** Judges the value of a point. */
  static @Nullable Refusal judgeValue(PointBatch batch, int index) {
    return switch (batch.type(index)) {
      case DOUBLE, BIGINT, BOOLEAN, TIMESTAMP -> null;
      case VARCHAR, MULTI -> {
        Series series = batch.series(index);
        yield switch (batch.measure(index)) {
          case Measure.OfVarchar(String text) ->
              inSeries(judgeText(series.measureName(), text), series);
          case Measure.OfMulti multi -> inSeries(judgeMulti(series, multi), series);
          case Measure.OfDouble _, Measure.OfBigint _, Measure.OfBoolean _, Measure.OfTimestamp _ ->
              null;
        };
      }
    };
  }

  /** A refusal of something in a series that names the series too. */
  static @Nullable Refusal inSeries(@Nullable Refusal refusal, Series series) {
    return refusal == null
        ? null
        : new Refusal(refusal.reason(), refusal.message() + "; series " + shown(series));
  }

  /** A series for a message. */
  static String shown(Series series) {
    return shortened(series.toString());
  }

  private static @Nullable Refusal judgeMulti(Series series, Measure.OfMulti multi) {
    if (multi.values().size() > MULTI_VALUES_MAX) {
      return new Refusal(
          Reason.LIMIT,
          "the MULTI measure has %d values, the limit is %d"
              .formatted(multi.values().size(), MULTI_VALUES_MAX));
    }
    int bytes = 0;
    for (Measure.Named named : multi.values()) {
      Refusal refusal = judgeMeasureName(named.name());
      if (refusal == null && series.dimension(named.name()) != null) {
        refusal =
            new Refusal(
                Reason.NAME,
                "measure name \"%s\" is not allowed: a dimension has it".formatted(named.name()));
      }
      if (refusal == null && named.value() instanceof Measure.OfVarchar(String text)) {
        refusal = judgeText(named.name(), text);
      }
      if (refusal != null) {
        return refusal;
      }
      bytes += Metering.valueBytes(named.value());
    }
    return bytes > VALUE_BYTES_MAX
        ? tooLong("the values of the MULTI measure", bytes, VALUE_BYTES_MAX)
        : null;
  }

  private static @Nullable Refusal judgeText(String measureName, String text) {
    String what = "VARCHAR value of measure \"" + measureName + "\"";
    if (!JsonText.isWellFormed(text)) {
      return new Refusal(Reason.NAME, what + " is not allowed: it has half of a surrogate pair");
    }
    int bytes = JsonText.utf8Bytes(text);
    return bytes > VALUE_BYTES_MAX ? tooLong(what, bytes, VALUE_BYTES_MAX) : null;
  }

  private static @Nullable Refusal judgeName(String what, String name, int bytesMax) {
    String named = what + " \"" + shortened(name) + "\"";
    if (!JsonText.isWellFormed(name)) {
      return new Refusal(Reason.NAME, named + " is not allowed: it has half of a surrogate pair");
    }
    int bytes = JsonText.utf8Bytes(name);
    if (bytes > bytesMax) {
      return tooLong(named, bytes, bytesMax);
    }
    return isReserved(name) ? new Refusal(Reason.NAME, named + " is reserved") : null;
  }

  private static boolean isReserved(String name) {
    if (RESERVED.contains(name)) {
      return true;
    }
    for (String prefix : RESERVED_PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static Refusal tooLong(String what, int bytes, int max) {
    return new Refusal(
        Reason.LIMIT, "%s has %d bytes, the limit is %d".formatted(what, bytes, max));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
  }
}
