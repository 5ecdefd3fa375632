// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.prometheus.RemoteBody;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufReader;
import dev.weir.prometheus.wire.ProtobufWriter;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code prometheus.WriteRequest}. A sample costs no object; the labels of a series are
 * looked up as the range of bytes that they are. Not thread-safe.
 */
public final class Version1Decoder {

  private static final int LABELS = ProtobufReader.tag(1, ProtobufReader.DELIMITED);
  private static final int SAMPLES = ProtobufReader.tag(2, ProtobufReader.DELIMITED);
  private static final int NOWHERE = -1;

  private final SeriesCache cache;
  private final ProtobufReader reader = new ProtobufReader();
  private final ProtobufWriter scattered = new ProtobufWriter(1_024);

  private @Nullable KnownSeries previous;

  public Version1Decoder(SeriesCache cache) {
    this.cache = cache;
  }

  /** Decodes the first {@code length} bytes into columns. */
  public void decode(byte[] body, int length, DecodedWrite into)
      throws MalformedBodyException, RemoteBody.Refused {
    reader.reset(body, 0, length);
    previous = null;
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 1 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          int outer = reader.enter();
          series(body, into);
          reader.leave(outer);
        }
        case 3 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          reader.skip(tag);
          into.addMetadata();
        }
        default -> reader.skip(tag);
      }
    }
  }

  private void series(byte[] body, DecodedWrite into)
      throws MalformedBodyException, RemoteBody.Refused {
    int start = reader.position();
    int labelsFrom = start;
    reader.skipRun(LABELS);
    int labelsTo = reader.position();
    int samplesFrom = NOWHERE;
    boolean together = true;
    while (reader.hasMore()) {
      int at = reader.position();
      int tag = reader.nextTag();
      reader.skip(tag);
      if (tag == LABELS) {
        together &= at == labelsTo || labelsTo == labelsFrom;
        labelsFrom = labelsTo == labelsFrom ? at : labelsFrom;
        labelsTo = reader.position();
      } else if (tag == SAMPLES) {
        samplesFrom = samplesFrom == NOWHERE ? at : samplesFrom;
      } else {
        other(tag, into);
      }
    }
    KnownSeries known =
        together
            ? cache.find(previous, body, labelsFrom, labelsTo - labelsFrom)
            : gathered(body, start);
    previous = known;
    if (samplesFrom != NOWHERE) {
      reader.seek(samplesFrom);
      samples(reader, SAMPLES, into);
    }
    into.endSeries(known);
  }

  private void other(int tag, DecodedWrite into) throws MalformedBodyException {
    switch (tag >>> 3) {
      case 1, 2 -> reader.expect(tag, ProtobufReader.DELIMITED);
      case 3 -> {
        reader.expect(tag, ProtobufReader.DELIMITED);
        into.addExemplar();
      }
      case 4 -> {
        reader.expect(tag, ProtobufReader.DELIMITED);
        into.addHistogram();
      }
      default -> {
        // Unknown fields are skipped, as protobuf asks for.
      }
    }
  }

  /** Protobuf allows other fields between the labels; nobody is known to send that. */
  private KnownSeries gathered(byte[] body, int start) throws MalformedBodyException {
    scattered.clear();
    reader.seek(start);
    while (reader.hasMore()) {
      int at = reader.position();
      int tag = reader.nextTag();
      reader.skip(tag);
      if (tag == LABELS) {
        scattered.raw(body, at, reader.position() - at);
      }
    }
    return cache.find(scattered.array(), 0, scattered.size());
  }

  /** Reads the samples from here to the limit; both versions have them alike. */
  static void samples(ProtobufReader reader, int samplesTag, DecodedWrite into)
      throws MalformedBodyException, RemoteBody.Refused {
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      if (tag != samplesTag) {
        reader.skip(tag);
        continue;
      }
      int outer = reader.enter();
      long epochMillis = 0;
      long valueBits = 0;
      while (reader.hasMore()) {
        int field = reader.nextTag();
        switch (field >>> 3) {
          case 1 -> {
            reader.expect(field, ProtobufReader.FIXED64);
            valueBits = reader.fixed64();
          }
          case 2 -> {
            reader.expect(field, ProtobufReader.VARINT);
            epochMillis = reader.varint();
          }
          default -> reader.skip(field);
        }
      }
      reader.leave(outer);
      into.addSample(epochMillis, valueBits);
    }
  }
}
