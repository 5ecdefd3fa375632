// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.xerial.snappy.Snappy;

/** Takes protobuf messages of remote read apart, field by field. */
final class WireReader {

  private WireReader() {}

  /** One field of a message: its number and bits, or its bytes. */
  record Field(long number, ByteBuffer bytes) {

    String text() {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    double real() {
      return Double.longBitsToDouble(number);
    }
  }

  interface FieldTaker {
    void take(int number, Field field);
  }

  static ByteBuffer uncompress(byte[] body) {
    try {
      return ByteBuffer.wrap(Snappy.uncompress(body)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void fields(ByteBuffer message, FieldTaker taker) {
    while (message.hasRemaining()) {
      long tag = varint(message);
      Field field =
          switch ((int) (tag & 7)) {
            case 0 -> new Field(varint(message), ByteBuffer.allocate(0));
            case 1 -> new Field(message.getLong(), ByteBuffer.allocate(0));
            case 2 -> {
              int length = (int) varint(message);
              ByteBuffer part =
                  message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
              message.position(message.position() + length);
              yield new Field(0, part);
            }
            default -> throw new IllegalStateException("wire type " + (tag & 7));
          };
      taker.take((int) (tag >>> 3), field);
    }
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = message.get();
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }
}
