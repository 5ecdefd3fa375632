// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.exchange;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What goes out. The status and the headers are settled before the body is written; a body that
 * fails while it is written can only be cut off.
 *
 * @param status an HTTP status
 * @param headers without Content-Length, which the edge knows
 * @param body writes the body
 */
public record Response(int status, Headers headers, Body body) {

  private static final Body NOTHING = new Bytes(new byte[0]);

  public Response {
    requireNonNull(headers, "headers");
    requireNonNull(body, "body");
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status " + status);
    }
  }

  /** A status without a body. */
  public static Response empty(int status) {
    return new Response(status, Headers.empty(), NOTHING);
  }

  /** Plain text; a line feed is added. */
  public static Response text(int status, String line) {
    return bytes(
        status,
        Headers.of("Content-Type", "text/plain; charset=utf-8"),
        (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A body that is there already. */
  public static Response bytes(int status, Headers headers, byte[] body) {
    return new Response(status, headers, new Bytes(body));
  }

  /** A body that is made while it is sent. */
  public static Response streamed(int status, Headers headers, Streamed body) {
    return new Response(status, headers, body);
  }

  /** The same with one more header. */
  public Response with(String name, String value) {
    return new Response(status, headers.with(name, value), body);
  }

  /** A body. */
  public sealed interface Body {
    /**
     * Writes the whole body; does not close the stream.
     *
     * @throws IOException when the receiver is gone
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Bytes in memory. */
  public record Bytes(byte[] bytes) implements Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /** A body made while it is sent; any exception cuts the connection. */
  public non-sealed interface Streamed extends Body {}
}
