// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One line per request: what and how much, never bodies, queries, credentials. At info only what
 * was refused, failed or cut off: a sender makes hundreds of good requests a second.
 */
final class AccessLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.weir.server.access");

  private AccessLog() {}

  static void write(
      Call call, String method, String path, String remote, long nanos, boolean cutOff) {
    boolean good = call.status() < 400 && !cutOff;
    LOG.atLevel(good ? Level.DEBUG : Level.INFO)
        .addKeyValue("method", method)
        .addKeyValue("path", path)
        .addKeyValue("status", call.status())
        .addKeyValue("ms", nanos / 1_000_000)
        .addKeyValue("bytes_in", call.body().receivedBytes())
        .addKeyValue("bytes_out", call.sentBytes())
        .addKeyValue("request", call.id())
        .addKeyValue("remote", remote)
        .log(cutOff ? "request cut off" : "request");
  }
}
