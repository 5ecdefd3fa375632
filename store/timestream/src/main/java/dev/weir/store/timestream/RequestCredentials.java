// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the AWS credentials that a request brings: access key and secret as user and password of
 * Basic authorization, a session token in a header of its own.
 */
public final class RequestCredentials {

  /** Where the token of temporary credentials stands. */
  public static final String TOKEN_HEADER = "X-Amz-Security-Token";

  private static final String SCHEME = "basic ";

  private RequestCredentials() {}

  /** The credentials; empty where they are missing or malformed. */
  public static Optional<Credentials> of(Headers headers) {
    Optional<String> authorization = headers.first("Authorization");
    if (authorization.isEmpty()
        || !authorization.get().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    try {
      byte[] decoded =
          Base64.getDecoder().decode(authorization.get().substring(SCHEME.length()).strip());
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return Optional.of(
          new Credentials(
              parts[0],
              parts.length == 2 ? parts[1] : "",
              headers.first(TOKEN_HEADER).filter(token -> !token.isEmpty()).orElse(null)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The answer to a request without any. */
  public static Response missing() {
    return Response.text(
            401, "AWS credentials are needed: access key and secret as user and password")
        .with("WWW-Authenticate", "Basic realm=\"AWS\", charset=\"UTF-8\"");
  }
}
