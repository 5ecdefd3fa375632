// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer of remote read as samples: a result for each query, in the order that was sent. */
record ReadAnswer(List<List<SeriesRead>> results) {

  /** A series as it was sent: labels and samples in their order. */
  record SeriesRead(Map<String, String> labels, List<SampleRead> samples) {}

  /** A sample; its value is equal bit for bit, NaN included. */
  record SampleRead(long timeMillis, long bits) {

    static SampleRead of(long timeMillis, double value) {
      return new SampleRead(timeMillis, Double.doubleToRawLongBits(value));
    }

    @Override
    public String toString() {
      return Double.longBitsToDouble(bits) + "@" + timeMillis;
    }
  }

  static ReadAnswer of(byte[] body) {
    List<List<SeriesRead>> results = new ArrayList<>();
    WireReader.fields(
        WireReader.uncompress(body),
        (field, result) -> {
          List<SeriesRead> series = new ArrayList<>();
          WireReader.fields(result.bytes(), (number, one) -> series.add(series(one.bytes())));
          results.add(series);
        });
    return new ReadAnswer(results);
  }

  private static SeriesRead series(ByteBuffer message) {
    Map<String, String> labels = new LinkedHashMap<>();
    List<SampleRead> samples = new ArrayList<>();
    WireReader.fields(
        message,
        (number, part) -> {
          if (number == 1) {
            String[] pair = {"", ""};
            WireReader.fields(part.bytes(), (side, text) -> pair[side - 1] = text.text());
            labels.put(pair[0], pair[1]);
          } else if (number == 2) {
            double[] value = {0};
            long[] time = {0};
            WireReader.fields(
                part.bytes(),
                (side, bits) -> {
                  if (side == 1) {
                    value[0] = bits.real();
                  } else {
                    time[0] = bits.number();
                  }
                });
            samples.add(SampleRead.of(time[0], value[0]));
          }
        });
    return new SeriesRead(labels, samples);
  }

  /** The result of the only query. */
  List<SeriesRead> only() {
    if (results.size() != 1) {
      throw new AssertionError(results.size() + " results: " + results);
    }
    return results.getFirst();
  }
}
