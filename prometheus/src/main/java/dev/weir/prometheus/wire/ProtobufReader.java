// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of a protobuf message in a byte array. A nested message is the same reader with
 * a nearer limit: {@link #enter} and {@link #leave}. Not thread-safe; reused between requests.
 *
 * <p>Source of the rules: protobuf encoding, "Message Structure"; groups (types 3 and 4) are
 * refused, no Prometheus message has them.
 */
public final class ProtobufReader {

  /** Wire type of integers. */
  public static final int VARINT = 0;

  /** Wire type of doubles. */
  public static final int FIXED64 = 1;

  /** Wire type of strings, packed fields and nested messages. */
  public static final int DELIMITED = 2;

  /** Wire type of 32-bit values; nothing that we read has it. */
  public static final int FIXED32 = 5;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int position;
  private int limit;

  /** Begins at {@code from} (inclusive), ends at {@code to} (exclusive). */
  public ProtobufReader reset(byte[] source, int from, int to) {
    bytes = source;
    position = from;
    limit = to;
    return this;
  }

  /** A tag: field number and wire type. */
  public static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  public boolean hasMore() {
    return position < limit;
  }

  public int position() {
    return position;
  }

  /** Goes to a position that this reader was at before, inside the current limit. */
  public void seek(int to) {
    position = to;
  }

  /** Reads the tag of the next field; never 0. */
  public int nextTag() throws MalformedBodyException {
    if (position < limit && bytes[position] > 0) {
      int tag = bytes[position++];
      checkTag(tag);
      return tag;
    }
    int start = position;
    long tag = varint();
    if (tag != (int) tag || tag >>> 3 == 0) {
      throw new MalformedBodyException("field number out of range", start);
    }
    checkTag((int) tag);
    return (int) tag;
  }

  private void checkTag(int tag) throws MalformedBodyException {
    int wireType = tag & 7;
    if (tag >>> 3 == 0) {
      throw new MalformedBodyException("field number 0", position);
    }
    if (wireType > FIXED32 || wireType == 3 || wireType == 4) {
      throw new MalformedBodyException("wire type " + wireType, position);
    }
  }

  /** Reads an integer of up to 64 bits. */
  public long varint() throws MalformedBodyException {
    long value = 0;
    int at = position;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= limit) {
        throw new MalformedBodyException("integer is cut off", at);
      }
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        if (shift == 63 && next > 1) {
          break;
        }
        position = at;
        return value;
      }
    }
    throw new MalformedBodyException("integer has more than 64 bits", position);
  }

  /** Reads the length of a delimited field; the field lies inside the limit. */
  public int length() throws MalformedBodyException {
    int at = position;
    if (at < limit && bytes[at] >= 0) {
      int length = bytes[at];
      position = at + 1;
      if (length <= limit - position) {
        return length;
      }
    } else {
      long length = varint();
      if (length >= 0 && length <= limit - position) {
        return (int) length;
      }
    }
    throw new MalformedBodyException("field is longer than what is there", at);
  }

  /** Reads 64 bits. */
  public long fixed64() throws MalformedBodyException {
    if (limit - position < Long.BYTES) {
      throw new MalformedBodyException("64-bit value is cut off", position);
    }
    long value = (long) LONGS.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** Reads the length of a nested message and stays inside it; the answer is for {@link #leave}. */
  public int enter() throws MalformedBodyException {
    int length = length();
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /** Goes to the end of the nested message that {@link #enter} began. */
  public void leave(int outer) {
    position = limit;
    limit = outer;
  }

  /** Reads a string. */
  public String string() throws MalformedBodyException {
    int length = length();
    int start = position;
    position += length;
    return utf8(bytes, start, length);
  }

  /** Skips fields of this tag for as long as they come with lengths of one byte: the usual ones. */
  public void skipRun(int tag) {
    byte[] source = bytes;
    int last = limit - 2;
    int at = position;
    while (at <= last && source[at] == tag) {
      int length = source[at + 1];
      if (length < 0 || length > last - at) {
        break;
      }
      at += 2 + length;
    }
    position = at;
  }

  /** Skips the value of a field whose tag was read. */
  public void skip(int tag) throws MalformedBodyException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> forward(8);
      case DELIMITED -> forward(length());
      default -> forward(4);
    }
  }

  /** Refuses a field that we know but that came with another wire type than it has. */
  public void expect(int tag, int wireType) throws MalformedBodyException {
    if ((tag & 7) != wireType) {
      throw new MalformedBodyException(
          "field " + (tag >>> 3) + " has wire type " + (tag & 7) + ", not " + wireType, position);
    }
  }

  /** Decodes UTF-8, strictly. */
  public static String utf8(byte[] source, int offset, int length) throws MalformedBodyException {
    for (int i = offset; i < offset + length; i++) {
      if (source[i] < 0) {
        return strictUtf8(source, offset, length);
      }
    }
    return new String(source, offset, length, StandardCharsets.ISO_8859_1);
  }

  private static String strictUtf8(byte[] source, int offset, int length)
      throws MalformedBodyException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(source, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedBodyException("text is not UTF-8", offset);
    }
  }

  private void forward(int count) throws MalformedBodyException {
    if (limit - position < count) {
      throw new MalformedBodyException("field is cut off", position);
    }
    position += count;
  }
}
