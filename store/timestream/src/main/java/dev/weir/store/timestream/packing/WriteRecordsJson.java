// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.TableName;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the request of WriteRecords (AWS API reference, "WriteRecords"). */
final class WriteRecordsJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int RECORD_BYTES = 200;

  private WriteRecordsJson() {}

  static byte[] of(TableName table, PointBatch batch, int[] indexes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(indexes.length * RECORD_BYTES);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("DatabaseName", table.database());
      json.writeStringProperty("TableName", table.table());
      json.writeArrayPropertyStart("Records");
      for (int index : indexes) {
        record(json, batch, index);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void record(JsonGenerator json, PointBatch batch, int index) {
    Series series = batch.series(index);
    Measure measure = batch.measure(index);
    json.writeStartObject();
    json.writeArrayPropertyStart("Dimensions");
    for (Dimension dimension : series.dimensions()) {
      json.writeStartObject();
      json.writeStringProperty("Name", dimension.name());
      json.writeStringProperty("Value", dimension.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringProperty("MeasureName", series.measureName());
    json.writeStringProperty("MeasureValueType", measure.type().name());
    json.writeStringProperty("Time", Long.toString(batch.epochNanos(index)));
    json.writeStringProperty("TimeUnit", "NANOSECONDS");
    json.writeNumberProperty("Version", batch.version(index));
    if (measure instanceof Measure.OfMulti(var values)) {
      json.writeArrayPropertyStart("MeasureValues");
      for (Measure.Named named : values) {
        json.writeStartObject();
        json.writeStringProperty("Name", named.name());
        json.writeStringProperty("Type", named.value().type().name());
        json.writeStringProperty("Value", text(named.value()));
        json.writeEndObject();
      }
      json.writeEndArray();
    } else {
      json.writeStringProperty("MeasureValue", text(measure));
    }
    json.writeEndObject();
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
}
