// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of a Query answer are in its bytes. Found by counting brackets, which takes a
 * fifth of the time that reading it does: the token of the next page is known at once, and the
 * types of the columns are known before the rows, in whatever order they come.
 *
 * <p>What the members hold is not looked at. A member that is null counts as missing.
 *
 * @see <a href="https://docs.aws.amazon.com/timestream/latest/developerguide/API_query_Query.html">
 *     Query</a>
 */
record AnswerOutline(
    byte[] body,
    @Nullable Part queryId,
    @Nullable Part nextToken,
    @Nullable Part columnInfo,
    @Nullable Part rows,
    @Nullable Part queryStatus) {

  /**
   * Bytes of an answer. Timestream's pages have 1 MB; other endpoints of the protocol may be less
   * strict.
   */
  static final int BYTES_MAX = 16 << 20;

  /** The bytes of a value: {@code from} inclusive, {@code to} exclusive. */
  record Part(int from, int to) {
    int length() {
      return to - from;
    }
  }

  /**
   * Finds the members.
   *
   * @throws dev.weir.store.StoreException where the body is no object, or ends too early
   */
  static AnswerOutline of(byte[] body) {
    if (body.length > BYTES_MAX) {
      throw Unreadable.answer(
          "it has %,d bytes, the limit is %,d".formatted(body.length, BYTES_MAX));
    }
    return new Scan(body).outline();
  }

  private static final class Scan {

    private static final VarHandle WORDS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private final byte[] bytes;
    private int at;

    private @Nullable Part queryId;
    private @Nullable Part nextToken;
    private @Nullable Part columnInfo;
    private @Nullable Part rows;
    private @Nullable Part queryStatus;

    Scan(byte[] bytes) {
      this.bytes = bytes;
    }

    AnswerOutline outline() {
      try {
        members();
      } catch (ArrayIndexOutOfBoundsException e) {
        throw Unreadable.answer("it ends after %,d bytes".formatted(bytes.length), e);
      }
      return new AnswerOutline(bytes, queryId, nextToken, columnInfo, rows, queryStatus);
    }

    private void members() {
      expect('{');
      if (blank() == '}') {
        return;
      }
      while (true) {
        expect('"');
        int name = at;
        string();
        int nameEnd = at - 1;
        expect(':');
        blank();
        int from = at;
        value();
        member(name, nameEnd, new Part(from, at));
        if (blank() == '}') {
          return;
        }
        expect(',');
      }
    }

    private void member(int name, int nameEnd, Part part) {
      if (bytes[part.from()] == 'n') {
        return;
      }
      switch (new String(bytes, name, nameEnd - name, StandardCharsets.UTF_8)) {
        case "QueryId" -> queryId = part;
        case "NextToken" -> nextToken = part;
        case "ColumnInfo" -> columnInfo = part;
        case "Rows" -> rows = part;
        case "QueryStatus" -> queryStatus = part;
        default -> {}
      }
    }

    /** Goes behind a value of any kind. */
    private void value() {
      switch (bytes[at]) {
        case '"' -> {
          at++;
          string();
        }
        case '{', '[' -> nested();
        default -> {
          while (",}] \t\r\n".indexOf(bytes[at]) < 0) {
            at++;
          }
        }
      }
    }

    private void nested() {
      int depth = 0;
      do {
        switch (bytes[at++]) {
          case '"' -> string();
          case '{', '[' -> depth++;
          case '}', ']' -> depth--;
          default -> {}
        }
      } while (depth > 0);
    }

    /** Goes behind the quote that ends a string; eight bytes at a time, most of an answer is it. */
    private void string() {
      int i = at;
      while (true) {
        if (i + Long.BYTES <= bytes.length) {
          long word = (long) WORDS.get(bytes, i);
          long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
          if (found == 0) {
            i += Long.BYTES;
            continue;
          }
          i += Long.numberOfTrailingZeros(found) / Byte.SIZE;
        }
        if (bytes[i] == '"') {
          at = i + 1;
          return;
        }
        i += bytes[i] == '\\' ? 2 : 1;
      }
    }

    /** The highest bit of each byte that is zero; what is above the first of them may be wrong. */
    private static long zeros(long word) {
      return (word - ONES) & ~word & HIGH_BITS;
    }

    private void expect(char wanted) {
      if (blank() != wanted) {
        throw Unreadable.answer("no '%s' at byte %,d".formatted(wanted, at));
      }
      at++;
    }

    /** Goes over blanks, to the byte that it gives. */
    private byte blank() {
      while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
        at++;
      }
      return bytes[at];
    }
  }
}
