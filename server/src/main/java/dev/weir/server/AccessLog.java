// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per request: what and how much, never bodies, queries, credentials. */
final class AccessLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.weir.server.access");

  private AccessLog() {}

  static void write(
      Call call, String method, String path, String remote, long nanos, boolean cutOff) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    LOG.atInfo()
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
