// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.exchange;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;

/**
 * What came in.
 *
 * @param method upper case
 * @param path decoded, begins with a slash, without the query
 * @param query the raw query without its question mark; empty where there is none
 * @param headers all of them
 * @param contentLength bytes of the body as declared, or -1 where that is not known
 * @param body the body, read once; the edge that made it closes it. Reading may throw {@link
 *     java.io.IOException} when the sender goes away or is too slow
 * @param sender address of the connection's other end, without a port; empty where it is not known
 */
public record Request(
    String method,
    String path,
    String query,
    Headers headers,
    long contentLength,
    InputStream body,
    String sender) {

  public Request {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    requireNonNull(query, "query");
    requireNonNull(headers, "headers");
    requireNonNull(body, "body");
    requireNonNull(sender, "sender");
  }

  /** A request whose sender is not known. */
  public Request(
      String method,
      String path,
      String query,
      Headers headers,
      long contentLength,
      InputStream body) {
    this(method, path, query, headers, contentLength, body, "");
  }
}
