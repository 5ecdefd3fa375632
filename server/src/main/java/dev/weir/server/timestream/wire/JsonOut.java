// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import java.time.Instant;
import java.util.Arrays;

/**
 * JSON as UTF-8 bytes in memory. Knows its size and can be cut back to a mark, so that a page is
 * filled row by row. Commas come by themselves. Not thread-safe.
 */
public final class JsonOut {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes;
  private int size;

  /** With room for that many bytes before it grows. */
  public JsonOut(int expectedBytes) {
    bytes = new byte[Math.max(64, expectedBytes)];
  }

  /** Bytes so far. */
  public int size() {
    return size;
  }

  /** Cuts off what came after a size that was read before. */
  public void cutBack(int mark) {
    size = Math.min(size, mark);
  }

  /** Gives back the room that is not used; for what is kept. */
  public void trim() {
    bytes = Arrays.copyOf(bytes, Math.max(1, size));
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Begins an object. */
  public JsonOut open() {
    separate();
    put('{');
    return this;
  }

  public JsonOut close() {
    put('}');
    return this;
  }

  public JsonOut openArray() {
    separate();
    put('[');
    return this;
  }

  public JsonOut closeArray() {
    put(']');
    return this;
  }

  /** The name of a member, which needs no escapes. */
  public JsonOut name(String name) {
    separate();
    put('"');
    ascii(name);
    put('"');
    put(':');
    return this;
  }

  public JsonOut member(String name, String value) {
    return name(name).value(value);
  }

  public JsonOut member(String name, long value) {
    return name(name).value(value);
  }

  public JsonOut member(String name, boolean value) {
    return name(name).literal(value ? "true" : "false");
  }

  /** A time as the protocol has it: seconds since the epoch, a number with milliseconds. */
  public JsonOut member(String name, Instant value) {
    long millis = value.toEpochMilli();
    String fraction = Long.toString(1_000 + Math.floorMod(millis, 1_000L)).substring(1);
    return name(name).literal(Math.floorDiv(millis, 1_000L) + "." + fraction);
  }

  public JsonOut value(long value) {
    return literal(Long.toString(value));
  }

  /** A text. What is no text, a surrogate alone, becomes a question mark. */
  public JsonOut value(CharSequence value) {
    separate();
    put('"');
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char character = value.charAt(i);
      if (character >= ' ' && character < 0x7f && character != '"' && character != '\\') {
        put(character);
      } else {
        i += special(value, i, character);
      }
    }
    put('"');
    return this;
  }

  /** A number or a word. */
  public JsonOut literal(String text) {
    separate();
    ascii(text);
    return this;
  }

  /** Writes what is not itself; returns how many characters more than one were used. */
  private int special(CharSequence value, int at, char character) {
    switch (character) {
      case '"', '\\' -> put2('\\', character);
      case '\n' -> put2('\\', 'n');
      case '\r' -> put2('\\', 'r');
      case '\t' -> put2('\\', 't');
      default -> {
        if (character < ' ' || character == 0x7f) {
          ascii("\\u00");
          put(HEX[character >> 4]);
          put(HEX[character & 15]);
        } else if (character < 0x800) {
          put(0xc0 | (character >> 6));
          put(0x80 | (character & 0x3f));
        } else if (!Character.isSurrogate(character)) {
          put(0xe0 | (character >> 12));
          put(0x80 | ((character >> 6) & 0x3f));
          put(0x80 | (character & 0x3f));
        } else {
          return surrogates(value, at, character);
        }
      }
    }
    return 0;
  }

  private int surrogates(CharSequence value, int at, char high) {
    if (!Character.isHighSurrogate(high)
        || at + 1 == value.length()
        || !Character.isLowSurrogate(value.charAt(at + 1))) {
      put('?');
      return 0;
    }
    int point = Character.toCodePoint(high, value.charAt(at + 1));
    put(0xf0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3f));
    put(0x80 | ((point >> 6) & 0x3f));
    put(0x80 | (point & 0x3f));
    return 1;
  }

  /** Between two members or elements stands a comma; nothing else can come before one. */
  private void separate() {
    if (size == 0) {
      return;
    }
    byte last = bytes[size - 1];
    if (last != '{' && last != '[' && last != ':' && last != ',') {
      put(',');
    }
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void put2(int first, int second) {
    put(first);
    put(second);
  }

  private void put(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) value;
  }
}
