// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.prometheus.RemoteBody;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufReader;
import dev.weir.prometheus.wire.ProtobufWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code io.prometheus.write.v2.Request} (2.0-rc.4). The symbols that a series refers to
 * are put together in the form that its labels have in 1.0, so both versions share one cache. Not
 * thread-safe.
 */
public final class Version2Decoder {

  private static final int SAMPLES = ProtobufReader.tag(2, ProtobufReader.DELIMITED);
  private static final int LABEL_TAG = ProtobufReader.tag(1, ProtobufReader.DELIMITED);
  private static final int NAME_TAG = LABEL_TAG;
  private static final int VALUE_TAG = SAMPLES;
  private static final int NONE = -1;
  private static final int SYMBOLS_KEPT_MAX = 1 << 16;

  private final SeriesCache cache;
  private final ProtobufReader reader = new ProtobufReader();
  private final ProtobufWriter key = new ProtobufWriter(1_024);
  private int[] symbolOffsets = new int[1_024];
  private int[] symbolLengths = new int[1_024];
  private int symbolCount;

  /** The name that waits for its value while the references of a series are read. */
  private int pendingName;

  private boolean badReference;
  private boolean tooLong;
  private @Nullable KnownSeries previous;

  public Version2Decoder(SeriesCache cache) {
    this.cache = cache;
  }

  /** Decodes the first {@code length} bytes into columns. */
  public void decode(byte[] body, int length, DecodedWrite into)
      throws MalformedBodyException, RemoteBody.Refused {
    previous = null;
    symbols(body, length, into);
    reader.reset(body, 0, length);
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      if (tag >>> 3 == 5) {
        reader.expect(tag, ProtobufReader.DELIMITED);
        int outer = reader.enter();
        series(body, into);
        reader.leave(outer);
      } else {
        reader.skip(tag);
      }
    }
    if (symbolOffsets.length > SYMBOLS_KEPT_MAX) {
      symbolOffsets = new int[1_024];
      symbolLengths = new int[1_024];
    }
  }

  /** Protobuf allows the symbols to come after the series that refer to them. */
  private void symbols(byte[] body, int length, DecodedWrite into)
      throws MalformedBodyException, RemoteBody.Refused {
    symbolCount = 0;
    reader.reset(body, 0, length);
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      if (tag >>> 3 != 4) {
        reader.skip(tag);
        continue;
      }
      reader.expect(tag, ProtobufReader.DELIMITED);
      int symbolLength = reader.length();
      int offset = reader.position();
      reader.seek(offset + symbolLength);
      if (symbolCount == 0 && symbolLength != 0) {
        throw new MalformedBodyException("the first symbol is not empty", offset);
      }
      addSymbol(offset, symbolLength);
      into.sawSomething();
    }
  }

  private void addSymbol(int offset, int length) throws RemoteBody.Refused {
    if (symbolCount == symbolOffsets.length) {
      if (symbolCount >= DecodedWrite.ELEMENTS_MAX) {
        throw DecodedWrite.tooMany("symbols");
      }
      symbolOffsets = Arrays.copyOf(symbolOffsets, symbolCount * 2);
      symbolLengths = Arrays.copyOf(symbolLengths, symbolCount * 2);
    }
    symbolOffsets[symbolCount] = offset;
    symbolLengths[symbolCount++] = length;
  }

  private void series(byte[] body, DecodedWrite into)
      throws MalformedBodyException, RemoteBody.Refused {
    key.clear();
    pendingName = NONE;
    badReference = false;
    tooLong = false;
    int samplesFrom = NONE;
    while (reader.hasMore()) {
      int at = reader.position();
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 1 -> references(tag, body);
        case 2 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          samplesFrom = samplesFrom == NONE ? at : samplesFrom;
          reader.skip(tag);
        }
        case 3 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          into.addHistogram();
          reader.skip(tag);
        }
        case 4 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          into.addExemplar();
          reader.skip(tag);
        }
        default -> reader.skip(tag);
      }
    }
    if (samplesFrom != NONE) {
      reader.seek(samplesFrom);
      Version1Decoder.samples(reader, SAMPLES, into);
    }
    into.endSeries(lookup());
  }

  private KnownSeries lookup() throws MalformedBodyException {
    if (badReference || pendingName != NONE) {
      String message =
          pendingName != NONE
              ? "a series has an odd number of symbol references"
              : "a series refers to a symbol that is not there; there are " + symbolCount;
      return KnownSeries.refused(
          new byte[0], 0, new Refusal(Reason.SYMBOL_REFERENCE, message, false));
    }
    if (tooLong) {
      return SeriesCache.tooLong("more than " + SeriesCache.KEY_BYTES_MAX);
    }
    KnownSeries known = cache.find(previous, key.array(), 0, key.size());
    previous = known;
    return known;
  }

  /** References come packed; protobuf asks readers to take them one by one as well. */
  private void references(int tag, byte[] body) throws MalformedBodyException {
    if ((tag & 7) == ProtobufReader.VARINT) {
      reference(reader.varint(), body);
      return;
    }
    reader.expect(tag, ProtobufReader.DELIMITED);
    int outer = reader.enter();
    while (reader.hasMore()) {
      reference(reader.varint(), body);
    }
    reader.leave(outer);
  }

  private void reference(long reference, byte[] body) {
    if (reference < 0 || reference >= symbolCount) {
      badReference = true;
      pendingName = pendingName == NONE ? 0 : NONE;
    } else if (pendingName == NONE) {
      pendingName = (int) reference;
    } else {
      label(pendingName, (int) reference, body);
      pendingName = NONE;
    }
  }

  private void label(int name, int value, byte[] body) {
    int nameLength = symbolLengths[name];
    int valueLength = symbolLengths[value];
    int length =
        2
            + ProtobufWriter.varintSize(nameLength)
            + nameLength
            + ProtobufWriter.varintSize(valueLength)
            + valueLength;
    // A few references to long symbols must not take all memory.
    tooLong |= key.size() + length > SeriesCache.KEY_BYTES_MAX;
    if (tooLong) {
      return;
    }
    key.varint(LABEL_TAG);
    key.varint(length);
    key.varint(NAME_TAG);
    key.varint(nameLength);
    key.raw(body, symbolOffsets[name], nameLength);
    key.varint(VALUE_TAG);
    key.varint(valueLength);
    key.raw(body, symbolOffsets[value], valueLength);
  }
}
