// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A remote write or remote read body on its way in. The headers are judged before a byte is read,
 * the size as sent and the declared unpacked size before memory is taken.
 */
public final class RemoteBody implements AutoCloseable {

  /** The most bytes of a body as it is sent; Prometheus' own limit. */
  public static final int SENT_BYTES_MAX = 32 * 1024 * 1024;

  /** The most bytes of a body unpacked. */
  public static final int UNPACKED_BYTES_MAX = 64 * 1024 * 1024;

  /** Larger than what senders make; vmagent's blocks have up to 8 MiB. */
  private static final int LARGE_BYTES = 8 << 20;

  /** A large body may hold nothing but new series, which take four times its bytes in memory. */
  private static final int LARGE_WEIGHT = 4;

  private static final String MEDIA_TYPE = "application/x-protobuf";

  private final byte[] sent;
  private final int sentLength;
  private final int unpackedLength;
  private final MemoryBudget.Lease lease;

  private RemoteBody(byte[] sent, int sentLength, int unpackedLength, MemoryBudget.Lease lease) {
    this.sent = sent;
    this.sentLength = sentLength;
    this.unpackedLength = unpackedLength;
    this.lease = lease;
  }

  /** Why a body is not let in. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Response answer;

    public Refused(Response answer) {
      super("refused with " + answer.status(), null, false, false);
      this.answer = answer;
    }

    public Response answer() {
      return answer;
    }
  }

  /**
   * Judges method, encoding and type.
   *
   * @return the {@code proto} parameter of the content type, or null where there is none
   */
  public static @Nullable String judgeHead(Request request) throws Refused {
    if (!request.method().equals("POST")) {
      throw new Refused(
          Response.text(405, "method " + request.method() + " is not allowed; use POST")
              .with("Allow", "POST"));
    }
    String encoding = request.headers().first("Content-Encoding").orElse("").trim();
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("snappy")) {
      throw new Refused(
          Response.text(415, "content encoding " + shown(encoding) + " is not known; use snappy"));
    }
    return proto(request.headers());
  }

  private static @Nullable String proto(Headers headers) throws Refused {
    String type = headers.first("Content-Type").orElse("").trim();
    if (type.isEmpty()) {
      return null;
    }
    String[] parts = type.split(";");
    if (!parts[0].trim().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
      throw new Refused(unknownType(type));
    }
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0 && parts[i].substring(0, equals).trim().equalsIgnoreCase("proto")) {
        String value = parts[i].substring(equals + 1).trim();
        return value.startsWith("\"") && value.endsWith("\"") && value.length() > 1
            ? value.substring(1, value.length() - 1)
            : value;
      }
    }
    return null;
  }

  /** The answer to a content type that we don't know. */
  public static Response unknownType(String type) {
    return Response.text(415, "content type " + shown(type) + " is not known; use " + MEDIA_TYPE);
  }

  /** Reads a body, still packed; close it when the request is over. */
  public static RemoteBody read(Request request, MemoryBudget budget, StoreStatus status)
      throws Refused {
    if (request.contentLength() > SENT_BYTES_MAX) {
      throw new Refused(tooLarge("body has " + request.contentLength(), SENT_BYTES_MAX));
    }
    MemoryBudget.Lease lease = null;
    try {
      InputStream in = request.body();
      byte[] start = in.readNBytes(SnappyBlock.PREFIX_BYTES_MAX);
      long declared = SnappyBlock.declaredLength(start, start.length);
      if (declared > UNPACKED_BYTES_MAX) {
        throw new Refused(tooLarge("body declares " + declared + " unpacked", UNPACKED_BYTES_MAX));
      }
      long expected = request.contentLength() >= 0 ? request.contentLength() : SENT_BYTES_MAX;
      lease = budget.take((declared + expected) * (declared > LARGE_BYTES ? LARGE_WEIGHT : 1));
      if (lease == null) {
        throw new Refused(status.busy("too many bytes are in work; try again later"));
      }
      byte[] sent = rest(in, start, request.contentLength());
      if (sent.length > SENT_BYTES_MAX) {
        throw new Refused(tooLarge("body has more", SENT_BYTES_MAX));
      }
      RemoteBody body = new RemoteBody(sent, sent.length, (int) declared, lease);
      lease = null;
      return body;
    } catch (MalformedBodyException malformed) {
      throw new Refused(malformed(malformed));
    } catch (IOException gone) {
      // The sender keeps what was not answered with a 4xx.
      throw new Refused(
          status.answer(
              new StoreException(Kind.UNAVAILABLE, "the body could not be read to its end")));
    } finally {
      if (lease != null) {
        lease.close();
      }
    }
  }

  private static byte[] rest(InputStream in, byte[] start, long contentLength) throws IOException {
    if (contentLength < start.length) {
      byte[] rest = in.readNBytes(SENT_BYTES_MAX + 1 - start.length);
      byte[] sent = Arrays.copyOf(start, start.length + rest.length);
      System.arraycopy(rest, 0, sent, start.length, rest.length);
      return sent;
    }
    byte[] sent = Arrays.copyOf(start, (int) contentLength);
    int length = start.length + in.readNBytes(sent, start.length, sent.length - start.length);
    return length == sent.length ? sent : Arrays.copyOf(sent, length);
  }

  /** The answer to a body that can't be decoded. */
  public static Response malformed(MalformedBodyException malformed) {
    return Response.text(400, "body can't be decoded: " + malformed.getMessage());
  }

  /** Bytes as they were sent. */
  public int sentLength() {
    return sentLength;
  }

  /** Bytes that the body declares to have once it is unpacked. */
  public int unpackedLength() {
    return unpackedLength;
  }

  /** What the request holds of the memory budget. */
  public MemoryBudget.Lease lease() {
    return lease;
  }

  /** Unpacks into an array that is at least {@link #unpackedLength} long. */
  public void unpack(byte[] into) throws MalformedBodyException {
    SnappyBlock.unpack(sent, sentLength, into);
  }

  @Override
  public void close() {
    lease.close();
  }

  private static Response tooLarge(String what, int limit) {
    return Response.text(413, what + " bytes; the limit is " + limit + ": send smaller requests");
  }

  /** A header's value for a message: short and printable. */
  private static String shown(String value) {
    String cut = value.length() > 80 ? value.substring(0, 80) + "…" : value;
    return '"' + cut.replaceAll("[^\\x20-\\x7E…]", "?") + '"';
  }
}
