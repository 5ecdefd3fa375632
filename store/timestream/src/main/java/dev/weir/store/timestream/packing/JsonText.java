// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of JSON in UTF-8, written one after the other (RFC 8259). Not thread-safe. Our own since
 * most of a body is fragments that are there already as bytes.
 */
final class JsonText {

  private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LONG_DIGITS_MAX = 20;

  /** Integers up to here are exact as doubles, and shorter without an exponent. */
  private static final double WHOLE_MAX = 1L << 53;

  private byte[] bytes;
  private int length;

  JsonText(int expectedBytes) {
    bytes = new byte[Math.max(expectedBytes, 64)];
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Adds bytes that are JSON already. */
  void raw(byte[] json) {
    System.arraycopy(json, 0, room(json.length), length, json.length);
    length += json.length;
  }

  /** Adds one character of ASCII. */
  void raw(char character) {
    room(1)[length++] = (byte) character;
  }

  /** Takes back the last byte. */
  void dropLast() {
    length--;
  }

  /** Adds a text in quotes; half of a surrogate pair becomes U+FFFD. */
  void quoted(String text) {
    raw('"');
    // A unit of UTF-16 takes at most three bytes of UTF-8, or six as an escape.
    room(text.length() * 6);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        ascii(unit);
      } else if (unit < 0x800) {
        bytes[length++] = (byte) (0xC0 | (unit >> 6));
        bytes[length++] = (byte) (0x80 | (unit & 0x3F));
      } else if (isPair(text, i)) {
        i++;
        astral(Character.toCodePoint(unit, text.charAt(i)));
      } else {
        threeBytes(Character.isSurrogate(unit) ? '\uFFFD' : unit);
      }
    }
    raw('"');
  }

  /** Adds a finite double in quotes: a decimal that is read back as the same 64 bits. */
  void quotedDouble(double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) <= WHOLE_MAX && (whole != 0 || isPlusZero(value))) {
      raw('"');
      digits(whole);
      raw('.');
      raw('0');
      raw('"');
    } else {
      quotedAscii(Double.toString(value));
    }
  }

  /** Adds an integer in quotes. */
  void quotedLong(long value) {
    raw('"');
    digits(value);
    raw('"');
  }

  /** Adds a text in quotes that is known to be ASCII without anything to escape. */
  @SuppressWarnings("deprecation") // the one copy of ASCII that allocates nothing
  void quotedAscii(String text) {
    raw('"');
    text.getBytes(0, text.length(), room(text.length()), length);
    length += text.length();
    raw('"');
  }

  /** Adds an integer. */
  void digits(long value) {
    room(LONG_DIGITS_MAX);
    if (value == Long.MIN_VALUE) {
      raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
      return;
    }
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int count = 1;
    for (long power = 10; count < 19 && rest >= power; power *= 10) {
      count++;
    }
    for (int at = length + count - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  /** The bytes of a text in UTF-8; half of a surrogate pair counts three, as U+FFFD does. */
  static int utf8Bytes(String text) {
    int count = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        if (unit < 0x800) {
          count++;
        } else if (isPair(text, i)) {
          count += 2;
          i++;
        } else {
          count += 2;
        }
      }
    }
    return count;
  }

  /** Whether a text is well-formed, that is without half of a surrogate pair. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static boolean isPlusZero(double value) {
    return Double.doubleToRawLongBits(value) == 0;
  }

  private void ascii(char unit) {
    if (unit == '"' || unit == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) unit;
    } else if (unit < 0x20) {
      bytes[length++] = '\\';
      bytes[length++] = 'u';
      bytes[length++] = '0';
      bytes[length++] = '0';
      bytes[length++] = HEXADECIMAL[unit >> 4];
      bytes[length++] = HEXADECIMAL[unit & 0xF];
    } else {
      bytes[length++] = (byte) unit;
    }
  }

  private void threeBytes(char unit) {
    bytes[length++] = (byte) (0xE0 | (unit >> 12));
    bytes[length++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
    bytes[length++] = (byte) (0x80 | (unit & 0x3F));
  }

  private void astral(int codePoint) {
    bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
  }

  private byte[] room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
    return bytes;
  }
}
