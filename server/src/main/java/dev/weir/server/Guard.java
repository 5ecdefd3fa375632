// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Decides whether a request may come in. Thread-safe. */
interface Guard {

  /**
   * The answer to a request that may not come in, or nothing.
   *
   * @param route where it goes, null where nothing answers
   * @param authority of the request's target; empty where it has none
   * @param tls the connection's session, null without TLS
   */
  Optional<Response> refusal(
      @Nullable Route route, Headers headers, String authority, @Nullable SSLSession tls);
}
