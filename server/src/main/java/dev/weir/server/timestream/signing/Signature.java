// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.signing;

import dev.weir.exchange.Request;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.WireException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its signature, in the Authorization header or in the query of a presigned
 * URL (AWS documentation, "Signature Version 4").
 *
 * @param scope who signed, and for which day, region and service
 * @param signedHeaders lower case, sorted
 * @param signature 64 hex digits
 * @param signedAt to the second
 * @param dateText the time as it was signed
 * @param lifetime how long a presigned URL holds; null in the header form
 * @param sessionToken of temporary credentials, or null
 */
record Signature(
    CredentialScope scope,
    List<String> signedHeaders,
    String signature,
    Instant signedAt,
    String dateText,
    @Nullable Duration lifetime,
    @Nullable String sessionToken) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** A week; longer lifetimes are refused. */
  private static final Duration LIFETIME_MAX = Duration.ofDays(7);

  private static final DateTimeFormatter BASIC_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "([A-Za-z0-9_.+=@-]{1,128})/([0-9]{8})/([a-z0-9-]{1,64})/([a-z0-9-]{1,64})/aws4_request");

  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern HEADER_NAMES =
      Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+(;[a-z0-9!#$%&'*+.^_`|~-]+)*");

  /** Who signed, for which day, region and service. */
  record CredentialScope(String accessKey, String day, String region, String service) {
    /** As it stands in the string to sign. */
    String text() {
      return day + "/" + region + "/" + service + "/aws4_request";
    }
  }

  /**
   * The signature of a request, or empty where it has none.
   *
   * @throws WireException where there is something that is no signature
   */
  static Optional<Signature> of(Request request) {
    List<String> headers = request.headers().all("Authorization");
    if (headers.isEmpty()) {
      return request.query().contains("X-Amz-Signature=")
          ? Optional.of(ofQuery(request.query()))
          : Optional.empty();
    }
    if (headers.size() > 1 || !headers.getFirst().startsWith(ALGORITHM + " ")) {
      throw incomplete("The Authorization header must begin with " + ALGORITHM + ".");
    }
    return Optional.of(ofHeader(request, headers.getFirst().substring(ALGORITHM.length())));
  }

  private static Signature ofHeader(Request request, String parameters) {
    Map<String, String> given = new HashMap<>();
    for (String part : parameters.split(",", 8)) {
      int equals = part.indexOf('=');
      if (equals < 0
          || given.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip())
              != null) {
        throw incomplete("The Authorization header is not a list of Name=Value.");
      }
    }
    String date =
        request
            .headers()
            .first("X-Amz-Date")
            .or(() -> request.headers().first("Date"))
            .orElseThrow(() -> incomplete("The request has neither X-Amz-Date nor Date."));
    return of(
        given.get("Credential"),
        given.get("SignedHeaders"),
        given.get("Signature"),
        date,
        null,
        request.headers().first("X-Amz-Security-Token").orElse(null));
  }

  private static Signature ofQuery(String query) {
    Map<String, String> given = new HashMap<>();
    for (String[] pair : QueryText.pairs(query)) {
      if (pair[0].startsWith("X-Amz-") && given.put(pair[0], pair[1]) != null) {
        throw incomplete("The query has " + pair[0] + " twice.");
      }
    }
    if (!ALGORITHM.equals(given.get("X-Amz-Algorithm"))) {
      throw incomplete("X-Amz-Algorithm must be " + ALGORITHM + ".");
    }
    String expires = given.getOrDefault("X-Amz-Expires", "");
    if (!expires.matches("[0-9]{1,6}") || Integer.parseInt(expires) > LIFETIME_MAX.toSeconds()) {
      throw incomplete("X-Amz-Expires must be at most " + LIFETIME_MAX.toSeconds() + " seconds.");
    }
    return of(
        given.get("X-Amz-Credential"),
        given.get("X-Amz-SignedHeaders"),
        given.get("X-Amz-Signature"),
        given.getOrDefault("X-Amz-Date", ""),
        Duration.ofSeconds(Integer.parseInt(expires)),
        given.get("X-Amz-Security-Token"));
  }

  private static Signature of(
      @Nullable String credential,
      @Nullable String signedHeaders,
      @Nullable String signature,
      String date,
      @Nullable Duration lifetime,
      @Nullable String sessionToken) {
    Matcher parts = CREDENTIAL.matcher(credential == null ? "" : credential);
    if (!parts.matches()) {
      throw incomplete("Credential must be KEY/DATE/REGION/SERVICE/aws4_request.");
    }
    if (signedHeaders == null || !HEADER_NAMES.matcher(signedHeaders).matches()) {
      throw incomplete("SignedHeaders must be names in lower case, separated by semicolons.");
    }
    if (signature == null || !SIGNATURE.matcher(signature).matches()) {
      throw incomplete("Signature must be 64 hex digits.");
    }
    return new Signature(
        new CredentialScope(parts.group(1), parts.group(2), parts.group(3), parts.group(4)),
        Arrays.stream(signedHeaders.split(";")).distinct().sorted().toList(),
        signature,
        time(date),
        date,
        lifetime,
        sessionToken);
  }

  /** X-Amz-Date has the basic form; a Date header may have the one of mail. */
  private static Instant time(String date) {
    for (DateTimeFormatter format : List.of(BASIC_DATE, DateTimeFormatter.RFC_1123_DATE_TIME)) {
      try {
        return format.parse(date, Instant::from);
      } catch (DateTimeException _) {
        // The next form may fit.
      }
    }
    throw incomplete("The date must be in ISO-8601 basic format, such as 20260310T120000Z.");
  }

  /** The time as it stands in the string to sign, whatever form it came in. */
  String signedTime() {
    return BASIC_DATE.format(signedAt);
  }

  private static WireException incomplete(String message) {
    return new WireException(Fault.INCOMPLETE_SIGNATURE, message);
  }
}
