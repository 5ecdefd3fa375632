// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import dev.weir.benchmarks.timestream.WireRecord.Dimension;
import dev.weir.benchmarks.timestream.WireRecord.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a call is billed for, by Amazon's page on metering of writes: 8 bytes of time, the UTF-8
 * bytes of names and dimensions, the size of the value by its type; common attributes once a call;
 * rounded up to KiB once a call. Written apart from the code that it judges.
 */
final class Metering {

  private static final int TIME_BYTES = 8;
  private static final int KIB = 1_024;

  private Metering() {}

  /** Of the call as it was sent. */
  static long billedKib(WrittenCall call) {
    String commonType = call.common().type();
    long bytes = bytes(call.common(), commonType);
    for (WireRecord record : call.records()) {
      String type = record.measureValueType();
      bytes += bytes(record, type == null ? commonType : type);
    }
    return (bytes + KIB - 1) / KIB;
  }

  /** Of the same records in one call, had nothing been sent in common. */
  static long plainKib(WrittenCall call) {
    long bytes = 0;
    for (WireRecord record : call.expanded()) {
      bytes += bytes(record);
    }
    return (bytes + KIB - 1) / KIB;
  }

  /** Of a whole record. */
  static long bytes(WireRecord record) {
    return bytes(record, record.type());
  }

  private static long bytes(WireRecord record, String type) {
    long bytes = record.time() == null ? 0 : TIME_BYTES;
    for (Dimension dimension : record.dimensions()) {
      bytes += utf8(dimension.name()) + utf8(dimension.value());
    }
    bytes += utf8(record.measureName());
    String single = record.measureValue();
    bytes += single == null ? 0 : size(type, single);
    for (Value value : record.measureValues()) {
      bytes += utf8(value.name()) + size(value.type(), value.value());
    }
    return bytes;
  }

  private static long size(String type, String value) {
    return switch (type) {
      case "BOOLEAN" -> 1;
      case "VARCHAR" -> utf8(value);
      default -> 8;
    };
  }

  private static long utf8(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
