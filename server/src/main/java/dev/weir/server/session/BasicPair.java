// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.exchange.Request;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Name and password of a call's own (RFC 7617). */
record BasicPair(String user, String password) {

  private static final String SCHEME = "Basic ";

  /** Never the password. */
  @Override
  public String toString() {
    return "BasicPair[user=" + user + "]";
  }

  /** Whether a call brings credentials, of whatever kind. */
  static boolean isTried(Request request) {
    return !request.headers().all("Authorization").isEmpty();
  }

  /** The pair; empty where it is malformed or of another kind. */
  static Optional<BasicPair> of(Request request) {
    List<String> given = request.headers().all("Authorization");
    if (given.size() != 1 || !given.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(given.getFirst().substring(SCHEME.length()).strip()),
              UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new BasicPair(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
