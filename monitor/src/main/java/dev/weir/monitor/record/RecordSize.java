// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Series;
import java.nio.charset.StandardCharsets;

/**
 * What a record weighs by Timestream's rules: 8 bytes for its time, the bytes of all names and
 * texts, 8 for a number, 1 for a boolean (AWS developer guide, "Writes" and "Quotas").
 */
final class RecordSize {

  /** Of one record, and of the values of one that has many measures. */
  static final int BYTES_MAX = 2_048;

  private static final int NUMBER = 8;

  private RecordSize() {}

  static int of(Series series) {
    int bytes = NUMBER + bytes(series.measureName());
    for (Dimension dimension : series.dimensions()) {
      bytes += bytes(dimension.name()) + bytes(dimension.value());
    }
    return bytes;
  }

  static int of(Measure.Named named) {
    return bytes(named.name()) + of(named.value());
  }

  private static int of(Measure value) {
    return switch (value) {
      case Measure.OfVarchar of -> bytes(of.value());
      case Measure.OfBoolean _ -> 1;
      case Measure.OfDouble _, Measure.OfBigint _, Measure.OfTimestamp _ -> NUMBER;
      case Measure.OfMulti multi -> multi.values().stream().mapToInt(RecordSize::of).sum();
    };
  }

  /** As much of the beginning of a text as fits, whole characters only. */
  static String cut(String text, int bytesMax) {
    if (text.length() * 3L <= bytesMax || bytes(text) <= bytesMax) {
      return text;
    }
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x1_0000 ? 3 : 4;
      if (bytes > bytesMax) {
        break;
      }
      end += Character.charCount(character);
    }
    return text.substring(0, end);
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
