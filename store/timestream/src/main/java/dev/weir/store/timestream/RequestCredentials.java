// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the AWS credentials that a request brings: access key and secret as user and password of
 * Basic authorization, a session token in a header of its own. What was brought is never said
 * again: not in an answer, not in the log.
 */
public final class RequestCredentials {

  /** As Amazon's own (IAM API reference, data type AccessKey). */
  static final int ACCESS_KEY_MAX = 128;

  /** Amazon's have 40 characters; those of other makers of the protocol are a little longer. */
  static final int SECRET_MAX = 512;

  /** Amazon promises no size; those that are given out today stay below 4 KiB. */
  static final int TOKEN_MAX = 8 * 1024;

  public static final String TOKEN_HEADER = "X-Amz-Security-Token";

  private static final String SCHEME = "basic ";

  private RequestCredentials() {}

  /** The credentials; empty where they are missing or malformed. */
  public static Optional<Credentials> of(Headers headers) {
    List<String> authorization = headers.all("Authorization");
    List<String> token = headers.all(TOKEN_HEADER);
    if (authorization.size() != 1
        || token.size() > 1
        || !authorization.getFirst().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    return credentials(
        authorization.getFirst().substring(SCHEME.length()).strip(),
        token.isEmpty() ? "" : token.getFirst());
  }

  /** The answer to a request without them. */
  public static Response missing() {
    return Response.text(
            401,
            "the request must carry AWS credentials: access key and secret as user and password of"
                + " basic authorization, and a session token, if there is one, in "
                + TOKEN_HEADER)
        .with("WWW-Authenticate", "Basic realm=\"AWS\", charset=\"UTF-8\"");
  }

  private static Optional<Credentials> credentials(String encoded, String token) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    String text = new String(decoded, StandardCharsets.UTF_8);
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String accessKey = text.substring(0, colon);
    String secret = text.substring(colon + 1);
    boolean sound =
        isAccessKey(accessKey)
            && !secret.isEmpty()
            && secret.length() <= SECRET_MAX
            && token.length() <= TOKEN_MAX
            && token.chars().allMatch(RequestCredentials::printable);
    return sound
        ? Optional.of(new Credentials(accessKey, secret, token.isEmpty() ? null : token))
        : Optional.empty();
  }

  /** It goes into a header of ours, between a slash and commas. */
  private static boolean isAccessKey(String text) {
    return !text.isEmpty()
        && text.length() <= ACCESS_KEY_MAX
        && text.chars().allMatch(c -> printable(c) && c != '/' && c != ',' && c != '=');
  }

  private static boolean printable(int c) {
    return c > ' ' && c < 0x7f;
  }
}
