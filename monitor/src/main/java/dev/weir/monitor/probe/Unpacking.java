// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * Takes the content encodings off a body, and holds it to its limit: what comes out counts, so a
 * bomb is a body that is too large. Encodings that were not offered are left as they are.
 */
final class Unpacking {

  /** What a check says that it takes. */
  static final String OFFERED = "gzip, br";

  /** Encodings over one another; more than one is rare. */
  private static final int CODINGS_MAX = 4;

  /** What a packed body may be larger than what is in it, for its heads and trailers. */
  private static final int PACKING_BYTES = 64 * 1024;

  private static final int PIECE_BYTES = 16 * 1024;

  private Unpacking() {}

  /**
   * Reads a body to its end.
   *
   * @param codings of the Content-Encoding header, in its order
   * @throws Broken too large, corrupt, or whatever the body itself throws
   */
  static byte[] read(InputStream body, List<String> codings, long limitBytes) throws Broken {
    if (codings.size() > CODINGS_MAX) {
      throw new Broken(
          ErrorClass.PROTOCOL,
          "the body is packed %d times, more than %d".formatted(codings.size(), CODINGS_MAX));
    }
    try {
      boolean packed = codings.stream().anyMatch(Unpacking::known);
      InputStream sent = packed ? new Limited(body, limitBytes + PACKING_BYTES, limitBytes) : body;
      if (packed) {
        PushbackInputStream peeked = new PushbackInputStream(sent);
        int first = peeked.read();
        if (first < 0) {
          return new byte[0];
        }
        peeked.unread(first);
        sent = peeked;
      }
      InputStream plain = sent;
      for (String coding : codings.reversed()) {
        plain = unpacked(plain, coding);
      }
      byte[] bytes = all(plain, limitBytes);
      if (packed) {
        sent.transferTo(OutputStream.nullOutputStream());
      }
      return bytes;
    } catch (IOException | IndexOutOfBoundsException e) {
      // The decoder of brotli runs over its tables where some corrupt bodies lead it.
      Broken broken = Broken.in(e);
      throw broken != null
          ? broken
          : new Broken(
              ErrorClass.PROTOCOL,
              "the body can't be unpacked as %s: it is corrupt"
                  .formatted(Excerpt.of(String.join(", ", codings))));
    }
  }

  private static boolean known(String coding) {
    return coding.equals("gzip") || coding.equals("x-gzip") || coding.equals("br");
  }

  private static InputStream unpacked(InputStream packed, String coding) throws IOException {
    return switch (coding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(packed, PIECE_BYTES);
      // Read by byte and then by block, it would lose what lies in its own buffer.
      case "br" -> new BufferedInputStream(new BrotliInputStream(packed, PIECE_BYTES));
      default -> packed;
    };
  }

  private static byte[] all(InputStream plain, long limitBytes) throws IOException {
    byte[] bytes = new byte[PIECE_BYTES];
    int size = 0;
    while (true) {
      int count = plain.read(bytes, size, bytes.length - size);
      if (count < 0) {
        return Arrays.copyOf(bytes, size);
      }
      size += count;
      if (size > limitBytes) {
        throw tooLarge(limitBytes);
      }
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * size, Integer.MAX_VALUE - 8));
      }
    }
  }

  private static Broken tooLarge(long limitBytes) {
    return new Broken(
        ErrorClass.BODY_TOO_LARGE,
        "the body is larger than its limit of %d bytes".formatted(limitBytes));
  }

  /** A packed body that never yields anything must end too. */
  private static final class Limited extends InputStream {

    private final InputStream body;
    private final long most;
    private final long limitBytes;
    private long count;

    Limited(InputStream body, long most, long limitBytes) {
      this.body = body;
      this.most = most;
      this.limitBytes = limitBytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = body.read(into, offset, length);
      count += Math.max(0, read);
      if (count > most) {
        throw tooLarge(limitBytes);
      }
      return read;
    }
  }
}
