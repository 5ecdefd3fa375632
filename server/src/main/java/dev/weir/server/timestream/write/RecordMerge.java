// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.server.timestream.write.RecordParts.NamedValue;
import dev.weir.store.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges records with the common attributes into a batch. What breaks a rule of the API fails the
 * whole call, so that nothing is stored half-way; a record that is merely too large is rejected
 * alone. For one request.
 */
final class RecordMerge {

  /** Time, dimensions, measure names and values together (AWS developer guide, "Quotas"). */
  static final int RECORD_BYTES_MAX = 2_048;

  private static final int TIME_BYTES = 8;
  private static final int NUMBER_BYTES = 8;

  private final WriteInput input;
  private final KnownSeries knownSeries;
  private final int recordBytesMax;
  private final PointBatch.Builder batch;
  private final int[] recordOfEntry;
  private final List<Rejection> tooLarge = new ArrayList<>();

  /** A merge of these records; tables of Weir's own have no limit for a record as a whole. */
  RecordMerge(WriteInput input, KnownSeries knownSeries, boolean ownTable) {
    this.input = input;
    this.knownSeries = knownSeries;
    this.recordBytesMax = ownTable ? Integer.MAX_VALUE : RECORD_BYTES_MAX;
    this.batch = new PointBatch.Builder(input.records().size());
    this.recordOfEntry = new int[input.records().size()];
  }

  /** The points of all records that are not rejected here. */
  PointBatch merge() {
    for (int i = 0; i < input.records().size(); i++) {
      merge(i, input.records().get(i));
    }
    return batch.build();
  }

  /** The rejections of the store, by record, and those of the merge, ascending. */
  List<Rejection> rejections(List<Rejection> byEntry) {
    if (tooLarge.isEmpty()) {
      return byEntry;
    }
    Rejection[] all = new Rejection[byEntry.size() + tooLarge.size()];
    int count = 0;
    for (Rejection each : byEntry) {
      all[count++] =
          new Rejection(
              recordOfEntry[each.index()], each.reason(), each.message(), each.existingVersion());
    }
    for (Rejection each : tooLarge) {
      all[count++] = each;
    }
    Arrays.sort(all, (one, other) -> Integer.compare(one.index(), other.index()));
    return List.of(all);
  }

  private void merge(int index, RecordParts own) {
    RecordParts common = input.common();
    String name = own.measureName == null ? common.measureName : own.measureName;
    if (name == null) {
      throw invalid(index, "measureName", "A record has no measure name.");
    }
    KnownSeries.Known known = series(index, name, own);
    TimeUnits unit = either(own.timeUnit, common.timeUnit, TimeUnits.MILLISECONDS);
    long nanos = time(index, own.time == null ? common.time : own.time, unit);
    long version = version(index, own.version == null ? common.version : own.version);
    String type = either(own.measureType, common.measureType, "DOUBLE");
    List<NamedValue> values = values(own.measureValues, common.measureValues);
    String value = own.measureValue == null ? common.measureValue : own.measureValue;
    if (type.equals("MULTI") == values.isEmpty()) {
      throw invalid(
          index, "measureValues", "MeasureValues and the type MULTI go together, in every record.");
    }
    int bytes = TIME_BYTES + known.bytes();
    if (!values.isEmpty()) {
      if (value != null) {
        throw invalid(index, "measureValue", "A MULTI record has no MeasureValue.");
      }
      Measure measure = multi(index, values, unit);
      if (fits(index, bytes + bytes(values))) {
        batch.add(new Point(known.series(), nanos, measure, version));
      }
      return;
    }
    if (value == null) {
      throw invalid(index, "measureValue", "A record has no measure value.");
    }
    if (type.equals("TIMESTAMP")) {
      throw invalid(
          index, "measureValueType", "The type TIMESTAMP is allowed only inside MeasureValues.");
    }
    if (fits(index, bytes + bytes(type, value))) {
      add(index, known.series(), nanos, version, type, value);
    }
  }

  /** Numbers of version 1, which nearly all are, go in without an object. */
  private void add(int index, Series series, long nanos, long version, String type, String value) {
    if (version == 1 && type.equals("DOUBLE")) {
      OptionalDouble number = MeasureText.decimal(value);
      if (number.isPresent()) {
        batch.addDouble(series, nanos, number.getAsDouble());
        return;
      }
    } else if (version == 1 && type.equals("BIGINT")) {
      OptionalLong number = MeasureText.integer(value);
      if (number.isPresent()) {
        batch.addBigint(series, nanos, number.getAsLong());
        return;
      }
    }
    Measure measure = MeasureText.single(type, value, TimeUnits.MILLISECONDS);
    if (measure == null) {
      throw noValue(index, "measureValue", type, value);
    }
    batch.add(new Point(series, nanos, measure, version));
  }

  private KnownSeries.Known series(int index, String name, RecordParts own) {
    RecordParts common = input.common();
    int dimensions = common.dimensions() + own.dimensions();
    if (dimensions > WriteInputReader.DIMENSIONS_MAX) {
      throw Constraints.violation(
          "[" + dimensions + " members]",
          path(index, "dimensions"),
          "have length less than or equal to " + WriteInputReader.DIMENSIONS_MAX);
    }
    try {
      return knownSeries.find(name, common, own);
    } catch (IllegalArgumentException _) {
      throw badDimension(index, own);
    }
  }

  /** Says what is wrong with dimensions of which something is wrong. */
  private WireException badDimension(int index, RecordParts own) {
    Set<String> names = new HashSet<>();
    for (RecordParts parts : List.of(input.common(), own)) {
      for (int i = 0; i < parts.dimensions(); i++) {
        String name = parts.dimensionName(i);
        if (parts.dimensionValue(i).isEmpty()) {
          return invalid(
              index, "dimensions", "The dimension " + name + " has an empty value; leave it out.");
        }
        if (!names.add(name)) {
          return invalid(
              index, "dimensions", "The dimension " + name + " is there more than once.");
        }
      }
    }
    throw new IllegalStateException("these dimensions make a series");
  }

  private static long time(int index, @Nullable String text, TimeUnits unit) {
    long nanos = text == null ? -1 : unit.epochNanos(text);
    if (nanos < 0) {
      throw invalid(index, "time", "Invalid time for record.");
    }
    return nanos;
  }

  private static long version(int index, @Nullable Long version) {
    if (version == null) {
      return 1;
    }
    if (version < 1) {
      Constraints.range(version, path(index, "version"), 1, Long.MAX_VALUE);
    }
    return version;
  }

  private static List<NamedValue> values(
      @Nullable List<NamedValue> own, @Nullable List<NamedValue> common) {
    if (own == null || common == null) {
      return own != null ? own : common != null ? common : List.of();
    }
    List<NamedValue> both = new ArrayList<>(common);
    both.addAll(own);
    return both;
  }

  private static Measure multi(int index, List<NamedValue> values, TimeUnits unit) {
    List<Measure.Named> named = new ArrayList<>(values.size());
    for (NamedValue each : values) {
      Measure measure = MeasureText.single(each.type(), each.value(), unit);
      if (measure == null) {
        throw noValue(index, "measureValues " + each.name(), each.type(), each.value());
      }
      named.add(new Measure.Named(each.name(), measure));
    }
    try {
      return new Measure.OfMulti(named);
    } catch (IllegalArgumentException e) {
      throw invalid(index, "measureValues", "A " + e.getMessage() + ".");
    }
  }

  private boolean fits(int index, int bytes) {
    if (bytes <= recordBytesMax) {
      recordOfEntry[batch.size()] = index;
      return true;
    }
    tooLarge.add(
        new Rejection(
            index,
            Rejection.Reason.LIMIT,
            "The record has %d bytes; a record has at most %d.".formatted(bytes, recordBytesMax)));
    return false;
  }

  private static int bytes(List<NamedValue> values) {
    int bytes = 0;
    for (NamedValue each : values) {
      bytes += Utf8.length(each.name()) + bytes(each.type(), each.value());
    }
    return bytes;
  }

  private static int bytes(String type, String value) {
    return switch (type) {
      case "VARCHAR" -> Utf8.length(value);
      case "BOOLEAN" -> 1;
      default -> NUMBER_BYTES;
    };
  }

  private static <T> T either(@Nullable T own, @Nullable T common, T none) {
    return own != null ? own : common != null ? common : none;
  }

  private static WireException noValue(int index, String member, String type, String value) {
    String shown = value.length() <= 64 ? value : value.substring(0, 64) + "…";
    return invalid(index, member, "The value '" + shown + "' is no " + type + ".");
  }

  /** The message first, since clients look at its beginning; then where. */
  private static WireException invalid(int index, String member, String message) {
    return WireException.invalid(message + " (" + path(index, member) + ")");
  }

  private static String path(int index, String member) {
    return "records." + (index + 1) + ".member." + member;
  }
}
