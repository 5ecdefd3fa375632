// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the body of a remote write 1.0 request: Weir scrapes itself through its own door. Not
 * thread-safe.
 */
public final class WriteRequestEncoder {

  private final ProtobufWriter writer = new ProtobufWriter(4_096);
  private int open = -1;

  /** Begins a series; its samples follow. Labels hold {@code __name__}. */
  public WriteRequestEncoder series(SortedMap<String, String> labels) {
    close();
    open = writer.begin(1);
    labels.forEach((name, value) -> {
      int label = writer.begin(1);
      writer.string(1, name);
      writer.string(2, value);
      writer.end(label);
    });
    return this;
  }

  /** Begins a series from names and values in turn. */
  public WriteRequestEncoder series(String... namesAndValues) {
    TreeMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return series(labels);
  }

  /** Adds a sample to the series begun last. */
  public WriteRequestEncoder sample(long epochMillis, double value) {
    if (open < 0) {
      throw new IllegalStateException("a sample before its series");
    }
    int sample = writer.begin(2);
    writer.doubleBits(1, Double.doubleToRawLongBits(value));
    writer.integer(2, epochMillis);
    writer.end(sample);
    return this;
  }

  /** The message without snappy. */
  public byte[] unpacked() {
    close();
    return writer.toByteArray();
  }

  /** The body as it is sent. */
  public byte[] body() {
    return SnappyBlock.pack(unpacked());
  }

  private void close() {
    if (open >= 0) {
      writer.end(open);
      open = -1;
    }
  }
}
