// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.InputStream;
import java.util.List;

/**
 * The body of an answer in HTTP/1 as it was sent, without its chunks. It ends where the head says,
 * and an end before that is told as what it is. Not thread-safe.
 */
final class HttpBody extends InputStream {

  private static final int CHUNK_LINE_BYTES_MAX = 4 * 1024;
  private static final int CHUNK_DIGITS_MAX = 15;

  private final Wire wire;
  private final Framing framing;
  private final long announced;
  private long left;
  private long wireBytes;
  private boolean ended;

  /** How the end of a body is told. */
  enum Framing {
    NONE,
    LENGTH,
    CHUNKS,
    /** By the end of the connection. */
    CLOSE
  }

  private HttpBody(Wire wire, Framing framing, long announced) {
    this.wire = wire;
    this.framing = framing;
    this.announced = announced;
    this.left = framing == Framing.LENGTH ? announced : 0;
    this.ended = framing == Framing.NONE || (framing == Framing.LENGTH && announced == 0);
  }

  /** The body that belongs to this head, by RFC 9112 §6.3. */
  static HttpBody of(Wire wire, HttpHead head, String method) throws Broken {
    if (method.equals("HEAD")
        || head.status() < 200
        || head.status() == 204
        || head.status() == 304) {
      return new HttpBody(wire, Framing.NONE, 0);
    }
    List<String> codings =
        head.words("transfer-encoding").stream().filter(each -> !each.equals("identity")).toList();
    if (!codings.isEmpty()) {
      if (!codings.equals(List.of("chunked"))) {
        throw new Broken(
            ErrorClass.PROTOCOL,
            "the answer has a transfer encoding that was not asked for: '%s'"
                .formatted(Excerpt.of(String.join(", ", codings))));
      }
      return new HttpBody(wire, Framing.CHUNKS, -1);
    }
    List<String> lengths = head.words("content-length").stream().distinct().toList();
    if (lengths.isEmpty()) {
      return new HttpBody(wire, Framing.CLOSE, -1);
    }
    if (lengths.size() > 1) {
      throw new Broken(
          ErrorClass.PROTOCOL,
          "the answer announces different lengths of its body: '%s'"
              .formatted(Excerpt.of(String.join(", ", lengths))));
    }
    return new HttpBody(wire, Framing.LENGTH, length(lengths.getFirst()));
  }

  private static long length(String text) throws Broken {
    if (text.length() > 18 || !text.chars().allMatch(each -> each >= '0' && each <= '9')) {
      throw new Broken(
          ErrorClass.PROTOCOL,
          "the answer announces '%s' as the length of its body".formatted(Excerpt.of(text)));
    }
    return Long.parseLong(text);
  }

  /** Bytes that were read, without chunk heads. */
  long wireBytes() {
    return wireBytes;
  }

  /** Whether the body came to its end, and the connection can be used again. */
  boolean leavesConnection() {
    return ended && framing != Framing.CLOSE;
  }

  @Override
  public int read() throws Broken {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws Broken {
    if (length == 0) {
      return 0;
    }
    if (framing == Framing.CHUNKS && left == 0 && !ended) {
      beginChunk();
    }
    if (ended) {
      return -1;
    }
    int most = framing == Framing.CLOSE ? length : (int) Math.min(length, left);
    int count = wire.read(into, offset, most);
    if (count < 0) {
      if (framing == Framing.CLOSE && wire.end() == Wire.End.CLOSED) {
        ended = true;
        return -1;
      }
      throw truncated();
    }
    wireBytes += count;
    if (framing != Framing.CLOSE) {
      left -= count;
      if (left == 0) {
        endPiece();
      }
    }
    return count;
  }

  private void endPiece() throws Broken {
    if (framing == Framing.LENGTH) {
      ended = true;
      return;
    }
    String rest =
        wire.line(CHUNK_LINE_BYTES_MAX, "a chunk of the body is longer than its head says");
    if (rest == null) {
      throw truncated();
    }
    if (!rest.isEmpty()) {
      throw new Broken(ErrorClass.PROTOCOL, "a chunk of the body is longer than its head says");
    }
  }

  private void beginChunk() throws Broken {
    String line = wire.line(CHUNK_LINE_BYTES_MAX, "the head of a chunk is longer than 4 KiB");
    if (line == null) {
      throw truncated();
    }
    int end = line.indexOf(';');
    String digits = (end < 0 ? line : line.substring(0, end)).strip();
    boolean number =
        !digits.isEmpty()
            && digits.length() <= CHUNK_DIGITS_MAX
            && digits.chars().allMatch(each -> each < 128 && Character.digit(each, 16) >= 0);
    if (!number) {
      throw new Broken(
          ErrorClass.PROTOCOL,
          "a chunk of the body begins with '%s' instead of its length".formatted(Excerpt.of(line)));
    }
    left = Long.parseLong(digits, 16);
    if (left == 0) {
      skipTrailers();
      ended = true;
    }
  }

  private void skipTrailers() throws Broken {
    int budget = HttpHead.BYTES_MAX;
    while (true) {
      String line = wire.line(budget, "the trailers of the answer are larger than 64 KiB");
      if (line == null) {
        throw truncated();
      }
      if (line.isEmpty()) {
        return;
      }
      budget -= line.length() + 2;
    }
  }

  private Broken truncated() {
    String how = wire.end() == Wire.End.RESET ? "reset" : "closed";
    return new Broken(
        ErrorClass.TRUNCATED_BODY,
        switch (framing) {
          case LENGTH ->
              "the connection was %s after %d of %d bytes of the body"
                  .formatted(how, wireBytes, announced);
          case CHUNKS ->
              "the connection was %s after %d bytes of the body, before its last chunk"
                  .formatted(how, wireBytes);
          case CLOSE, NONE ->
              "the connection was %s after %d bytes of the body".formatted(how, wireBytes);
        });
  }
}
