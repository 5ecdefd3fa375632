// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.store.kit.site.FakeSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What can go wrong with the bytes of an answer, and what is said of it. */
final class AnswerFaults {

  static final String OK = "HTTP/1.1 200 OK\r\n";
  static final long BODY_LIMIT_BYTES = 10_000;

  private AnswerFaults() {}

  /** What a site does, and the judgement: the status is kept wherever a head arrived. */
  record Fault(
      String name, FakeSite.Act act, ErrorClass expected, @Nullable Integer status, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> headFaults() {
    return Stream.of(
        fault("closed at once", v -> {}, ErrorClass.RESET, null, "closed before the answer"),
        fault("reset at once", v -> v.reset(), ErrorClass.RESET, null, "reset before the answer"),
        fault(
            "closed within the status line",
            v -> v.send("HTTP/1.1 2"),
            ErrorClass.PROTOCOL,
            null,
            "closed within the head"),
        fault(
            "closed within the headers",
            v -> v.send(OK + "Server: x\r\n"),
            ErrorClass.PROTOCOL,
            null,
            "closed within the head"),
        fault(
            "closed after a 1xx head",
            v -> v.send("HTTP/1.1 103 Early Hints\r\n\r\n"),
            ErrorClass.PROTOCOL,
            null,
            "closed within the head"),
        fault(
            "garbage",
            v -> v.send("SSH-2.0-OpenSSH_9.6\r\n"),
            ErrorClass.PROTOCOL,
            null,
            "SSH-2.0"),
        fault(
            "another HTTP",
            v -> v.send("HTTP/3.0 200 OK\r\n\r\n"),
            ErrorClass.PROTOCOL,
            null,
            "HTTP/3.0"),
        fault(
            "status of two digits",
            v -> v.send("HTTP/1.1 20 OK\r\n\r\n"),
            ErrorClass.PROTOCOL,
            null,
            "HTTP/1.1 20"),
        fault(
            "endless line",
            v -> v.trickle("x".repeat(10_000), 0),
            ErrorClass.PROTOCOL,
            null,
            "64 KiB"),
        fault(
            "endless headers",
            v -> {
              v.send(OK);
              v.trickle("a: b\r\n".repeat(1_000), 0);
            },
            ErrorClass.PROTOCOL,
            null,
            "64 KiB"),
        fault(
            "endless 1xx",
            v -> v.trickle("HTTP/1.1 100 Continue\r\n\r\n".repeat(100), 0),
            ErrorClass.PROTOCOL,
            null,
            "64 KiB"),
        fault(
            "header without a name",
            v -> v.send(OK + "nonsense\r\n\r\n"),
            ErrorClass.PROTOCOL,
            null,
            "'nonsense'"),
        fault(
            "zero byte",
            v -> v.send(OK + "a: b\0c\r\n\r\n"),
            ErrorClass.PROTOCOL,
            null,
            "zero byte"));
  }

  static Stream<Fault> bodyFaults() {
    return Stream.of(
        fault(
            "different lengths",
            v -> v.send(OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"),
            ErrorClass.PROTOCOL,
            200,
            "different lengths"),
        fault(
            "different lengths in one",
            v -> v.send(OK + "Content-Length: 2, 3\r\n\r\nabc"),
            ErrorClass.PROTOCOL,
            200,
            "different lengths"),
        fault(
            "negative length",
            v -> v.send(OK + "Content-Length: -1\r\n\r\n"),
            ErrorClass.PROTOCOL,
            200,
            "'-1'"),
        fault(
            "huge length",
            v -> v.send(OK + "Content-Length: 99999999999999999999\r\n\r\n"),
            ErrorClass.PROTOCOL,
            200,
            "'99999"),
        fault(
            "unknown transfer encoding",
            v -> v.send(OK + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
            ErrorClass.PROTOCOL,
            200,
            "gzip, chunked"),
        fault(
            "short body",
            v -> v.send(OK + "Content-Length: 10\r\n\r\nabc"),
            ErrorClass.TRUNCATED_BODY,
            200,
            "closed after 3 of 10 bytes"),
        fault(
            "body reset",
            v -> {
              v.send(OK + "Content-Length: 10\r\n\r\n");
              v.reset();
            },
            ErrorClass.TRUNCATED_BODY,
            200,
            "of 10 bytes"),
        fault(
            "body without length reset",
            v -> {
              v.send(OK + "\r\n");
              v.reset();
            },
            ErrorClass.TRUNCATED_BODY,
            200,
            "reset after"),
        fault(
            "no last chunk",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"),
            ErrorClass.TRUNCATED_BODY,
            200,
            "before its last chunk"),
        fault(
            "no line after the last chunk",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"),
            ErrorClass.TRUNCATED_BODY,
            200,
            "before its last chunk"),
        fault(
            "closed within a chunk",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc"),
            ErrorClass.TRUNCATED_BODY,
            200,
            "after 3 bytes"),
        fault(
            "chunk of which little comes",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\nabc\r\n\r\n"),
            ErrorClass.TRUNCATED_BODY,
            200,
            ""),
        fault(
            "chunk with a bad length",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n"),
            ErrorClass.PROTOCOL,
            200,
            "'xyz'"),
        fault(
            "chunk with a negative length",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\n-3\r\n\r\n"),
            ErrorClass.PROTOCOL,
            200,
            "'-3'"),
        fault(
            "chunk with a huge length",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n\r\n"),
            ErrorClass.PROTOCOL,
            200,
            "'ffff"),
        fault(
            "chunk longer than told",
            v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n"),
            ErrorClass.PROTOCOL,
            200,
            "longer than"),
        fault(
            "endless chunk head",
            v -> {
              v.send(OK + "Transfer-Encoding: chunked\r\n\r\n1;");
              v.trickle("x".repeat(1_000), 0);
            },
            ErrorClass.PROTOCOL,
            200,
            "4 KiB"),
        fault(
            "endless trailers",
            v -> {
              v.send(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n");
              v.trickle("a: b\r\n".repeat(100), 0);
            },
            ErrorClass.PROTOCOL,
            200,
            "trailers"),
        fault(
            "endless body",
            v -> {
              v.send(OK + "\r\n");
              v.trickle("x".repeat(1_000), 0);
            },
            ErrorClass.BODY_TOO_LARGE,
            200,
            "limit of 10000 bytes"),
        fault(
            "body over its limit",
            v -> v.answer(OK + "Server: x", new byte[(int) BODY_LIMIT_BYTES + 1]),
            ErrorClass.BODY_TOO_LARGE,
            200,
            "limit of 10000 bytes"),
        fault(
            "gzip bomb",
            v -> v.answer(OK + "Content-Encoding: gzip", gzip(new byte[10_000_000])),
            ErrorClass.BODY_TOO_LARGE,
            200,
            "limit of 10000 bytes"),
        fault(
            "packed body without end",
            v -> {
              v.send(OK + "Content-Encoding: gzip\r\n\r\n");
              v.send(gzip(new byte[0]).clone());
              v.trickle("\0".repeat(10_000), 0);
            },
            ErrorClass.BODY_TOO_LARGE,
            200,
            "limit"),
        fault(
            "corrupt gzip",
            v ->
                v.answer(
                    OK + "Content-Encoding: gzip",
                    "no gzip at all".getBytes(StandardCharsets.UTF_8)),
            ErrorClass.PROTOCOL,
            200,
            "corrupt"),
        fault(
            "gzip cut short",
            v ->
                v.answer(
                    OK + "Content-Encoding: gzip",
                    cut(gzip("hello".repeat(99).getBytes(StandardCharsets.UTF_8)))),
            ErrorClass.PROTOCOL,
            200,
            "corrupt"),
        fault(
            "gzip with a wrong sum",
            v ->
                v.answer(
                    OK + "Content-Encoding: gzip",
                    wrongSum(gzip("hello".getBytes(StandardCharsets.UTF_8)))),
            ErrorClass.PROTOCOL,
            200,
            "corrupt"),
        fault(
            "gzip whose connection is cut",
            v ->
                v.send(
                    new String(
                        concat(
                            OK + "Content-Encoding: gzip\r\nContent-Length: 500\r\n\r\n",
                            cut(gzip("hello".repeat(99).getBytes(StandardCharsets.UTF_8)))),
                        StandardCharsets.ISO_8859_1)),
            ErrorClass.TRUNCATED_BODY,
            200,
            "of 500 bytes"),
        fault(
            "corrupt brotli",
            v ->
                v.answer(
                    OK + "Content-Encoding: br",
                    "\u00ff\u00fe no brotli".getBytes(StandardCharsets.ISO_8859_1)),
            ErrorClass.PROTOCOL,
            200,
            "corrupt"),
        fault(
            "packed too often",
            v -> v.answer(OK + "Content-Encoding: br, br, br, br, br", new byte[9]),
            ErrorClass.PROTOCOL,
            200,
            "packed 5 times"));
  }

  static Fault fault(
      String name, FakeSite.Act act, ErrorClass expected, @Nullable Integer status, String says) {
    return new Fault(name, act, expected, status, says);
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  static byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, whole.length - 9);
  }

  private static byte[] wrongSum(byte[] whole) {
    whole[whole.length - 8] ^= 1;
    return whole;
  }

  private static byte[] concat(String head, byte[] body) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    both.writeBytes(body);
    return both.toByteArray();
  }
}
