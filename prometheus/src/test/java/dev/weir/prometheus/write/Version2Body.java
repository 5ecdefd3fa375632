// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import java.util.ArrayList;
import java.util.List;

/** Makes 2.0 requests, good ones and bad ones. */
final class Version2Body {

  private final List<String> symbols = new ArrayList<>(List.of(""));
  private final List<byte[]> series = new ArrayList<>();
  private ProtobufWriter open = new ProtobufWriter(64);

  /** A series of names and values in turn. */
  Version2Body series(String... labels) {
    int[] references = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      references[i] = symbol(labels[i]);
    }
    return references(references);
  }

  /** A series of references as they are. */
  Version2Body references(int... references) {
    close();
    if (references.length > 0) {
      int packed = open.begin(1);
      for (int reference : references) {
        open.varint(reference);
      }
      open.end(packed);
    }
    return this;
  }

  Version2Body sample(long epochMillis, double value) {
    int sample = open.begin(2);
    open.doubleBits(1, Double.doubleToRawLongBits(value));
    open.integer(2, epochMillis);
    open.integer(3, epochMillis - 1_000);
    open.end(sample);
    return this;
  }

  Version2Body histogram() {
    int histogram = open.begin(3);
    open.integer(1, 3);
    open.integer(17, 5);
    open.end(histogram);
    return this;
  }

  Version2Body exemplar() {
    int exemplar = open.begin(4);
    open.doubleBits(2, 7);
    open.end(exemplar);
    return this;
  }

  Version2Body metadata() {
    int metadata = open.begin(5);
    open.integer(1, 1);
    open.integer(3, 1);
    open.end(metadata);
    return this;
  }

  Version2Body firstSymbol(String symbol) {
    symbols.set(0, symbol);
    return this;
  }

  int symbol(String text) {
    int at = symbols.indexOf(text);
    if (at < 0) {
      at = symbols.size();
      symbols.add(text);
    }
    return at;
  }

  byte[] unpacked() {
    close();
    ProtobufWriter writer = new ProtobufWriter(256);
    symbols.forEach(symbol -> writer.string(4, symbol));
    series.forEach(bytes -> writer.bytes(5, bytes));
    return writer.toByteArray();
  }

  byte[] body() {
    return SnappyBlock.pack(unpacked());
  }

  private void close() {
    if (open.size() > 0) {
      series.add(open.toByteArray());
      open = new ProtobufWriter(64);
    }
  }
}
