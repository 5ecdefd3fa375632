// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes the request of WriteRecords (AWS API reference, "WriteRecords"): what all records share
 * into CommonAttributes, the rest into each. Timestream merges the two.
 */
final class WriteRecordsJson {

  private static final int RECORD_BYTES = 160;
  private static final byte[] DATABASE = ascii("{\"DatabaseName\":");
  private static final byte[] TABLE = ascii(",\"TableName\":");
  private static final byte[] COMMON = ascii(",\"CommonAttributes\":{");
  private static final byte[] RECORDS = ascii(",\"Records\":[");
  private static final byte[] DIMENSIONS = ascii("\"Dimensions\":[");
  private static final byte[] MEASURE_NAME = ascii("\"MeasureName\":");
  private static final byte[] MEASURE_TYPE = ascii("\"MeasureValueType\":");
  private static final byte[] MEASURE_VALUE = ascii("\"MeasureValue\":");
  private static final byte[] MEASURE_VALUES = ascii("\"MeasureValues\":[");
  private static final byte[] TIME = ascii("\"Time\":");
  private static final byte[] TIME_UNIT = ascii("\"TimeUnit\":");
  private static final byte[] VERSION = ascii("\"Version\":");
  private static final byte[] NAME = ascii("{\"Name\":");
  private static final byte[] VALUE = ascii(",\"Value\":");
  private static final byte[] TYPE = ascii(",\"Type\":");

  private final PackedCall call;
  private final Layout layout;
  private final Attributes attributes;
  private final PointBatch batch;
  private final JsonText json;
  private final TimeUnit unit;
  private final @Nullable MeasureType sharedType;
  private final long sharedVersion;

  private WriteRecordsJson(PackedCall call) {
    this.call = call;
    this.layout = call.layout();
    this.attributes = layout.attributes();
    this.batch = layout.batch();
    this.json = new JsonText(call.size() * RECORD_BYTES);
    this.unit = TimeUnit.of(call);
    this.sharedType = call.sharedType();
    this.sharedVersion = call.sharedVersion();
  }

  static byte[] of(PackedCall call) {
    return new WriteRecordsJson(call).request();
  }

  /** Writes a dimension as an object. */
  static void dimension(JsonText json, String name, String value) {
    json.raw(NAME);
    json.quoted(name);
    json.raw(VALUE);
    json.quoted(value);
    json.raw('}');
  }

  private byte[] request() {
    json.raw(DATABASE);
    json.quoted(layout.table().database());
    json.raw(TABLE);
    json.quoted(layout.table().table());
    json.raw(COMMON);
    common();
    json.raw('}');
    json.raw(RECORDS);
    boolean[] isShared = new boolean[attributes.size()];
    for (int id : call.shared()) {
      isShared[id] = true;
    }
    for (int i = 0; i < call.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      record(call.batchIndex(i), isShared);
    }
    json.raw(']');
    json.raw('}');
    return json.toBytes();
  }

  private void common() {
    boolean dimensions = false;
    for (int id : call.shared()) {
      dimensions |= attribute(id, dimensions);
    }
    if (dimensions) {
      endDimensions();
    }
    if (sharedType != null) {
      json.raw(MEASURE_TYPE);
      json.quotedAscii(sharedType.name());
      json.raw(',');
    }
    if (sharedVersion > 1) {
      version(sharedVersion);
    }
    json.raw(TIME_UNIT);
    json.quotedAscii(unit.name());
  }

  private void record(int index, boolean[] isShared) {
    json.raw('{');
    boolean dimensions = false;
    int to = layout.to(index);
    for (int place = layout.from(index); place < to; place++) {
      int id = layout.id(place);
      if (!isShared[id]) {
        dimensions |= attribute(id, dimensions);
      }
    }
    if (dimensions) {
      endDimensions();
    }
    if (sharedType == null) {
      json.raw(MEASURE_TYPE);
      json.quotedAscii(batch.type(index).name());
      json.raw(',');
    }
    if (sharedVersion == 0 && batch.version(index) != 1) {
      version(batch.version(index));
    }
    value(index);
    json.raw('}');
  }

  /** Writes an attribute and a comma; whether it is a dimension, which all come last. */
  private boolean attribute(int id, boolean afterDimension) {
    switch (attributes.key(id)) {
      case Attributes.MEASURE_NAME -> {
        json.raw(MEASURE_NAME);
        json.raw(attributes.json(id));
        json.raw(',');
        return false;
      }
      case Attributes.TIME -> {
        json.raw(TIME);
        json.quotedLong(attributes.epochNanos(id) / unit.nanos());
        json.raw(',');
        return false;
      }
      default -> {
        if (!afterDimension) {
          json.raw(DIMENSIONS);
        }
        json.raw(attributes.json(id));
        json.raw(',');
        return true;
      }
    }
  }

  private void endDimensions() {
    json.dropLast();
    json.raw(']');
    json.raw(',');
  }

  private void version(long version) {
    json.raw(VERSION);
    json.digits(version);
    json.raw(',');
  }

  private void value(int index) {
    switch (batch.type(index)) {
      case DOUBLE -> {
        json.raw(MEASURE_VALUE);
        json.quotedDouble(Double.longBitsToDouble(batch.valueBits(index)));
      }
      case BIGINT -> {
        json.raw(MEASURE_VALUE);
        json.quotedLong(batch.valueBits(index));
      }
      case BOOLEAN, VARCHAR, TIMESTAMP -> {
        json.raw(MEASURE_VALUE);
        single(batch.measure(index));
      }
      case MULTI -> {
        json.raw(MEASURE_VALUES);
        for (Measure.Named named : ((Measure.OfMulti) batch.measure(index)).values()) {
          json.raw(NAME);
          json.quoted(named.name());
          json.raw(TYPE);
          json.quotedAscii(named.value().type().name());
          json.raw(VALUE);
          single(named.value());
          json.raw('}');
          json.raw(',');
        }
        json.dropLast();
        json.raw(']');
      }
    }
  }

  private void single(Measure measure) {
    switch (measure) {
      case Measure.OfDouble(double value) -> json.quotedDouble(value);
      case Measure.OfBigint(long value) -> json.quotedLong(value);
      case Measure.OfVarchar(String value) -> json.quoted(value);
      case Measure.OfBoolean(boolean value) -> json.quotedAscii(Boolean.toString(value));
      case Measure.OfTimestamp(long epochNanos) -> json.quotedLong(epochNanos);
      case Measure.OfMulti _ -> throw new IllegalArgumentException("a MULTI has no single text");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
