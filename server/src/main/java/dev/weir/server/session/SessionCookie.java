// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import dev.weir.exchange.Request;
import java.util.Optional;

/**
 * The cookie that carries a session's id. Scripts can't read it; pages of other sites don't send
 * it, unless consoles of other origins are let in: then it needs TLS.
 *
 * @param attributes all but the value and its age
 */
record SessionCookie(String attributes) {

  static final String NAME = "weir_session";

  static SessionCookie of(boolean tls, boolean otherOrigins) {
    return new SessionCookie(
        "; Path=/; HttpOnly; SameSite="
            + (otherOrigins ? "None" : "Strict")
            + (tls || otherOrigins ? "; Secure" : ""));
  }

  /** What sets it. */
  String of(String id) {
    return NAME + "=" + id + "; Max-Age=" + Sessions.LIFE.toSeconds() + attributes;
  }

  /** What takes it away. */
  String gone() {
    return NAME + "=; Max-Age=0" + attributes;
  }

  /** The id that a request brings. */
  static Optional<String> idOf(Request request) {
    for (String header : request.headers().all("Cookie")) {
      for (String pair : header.split(";")) {
        String cookie = pair.strip();
        if (cookie.startsWith(NAME + "=")) {
          return Optional.of(cookie.substring(NAME.length() + 1));
        }
      }
    }
    return Optional.empty();
  }
}
