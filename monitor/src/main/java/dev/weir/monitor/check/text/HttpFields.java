// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is asked of a web server. */
final class HttpFields {

  static final int HEADER_LENGTH_MAX = 4_096;
  static final int BODY_LENGTH_MAX = 64 << 10;
  static final int CREDENTIAL_LENGTH_MAX = 4_096;

  /** A body is held in memory until it is judged. */
  static final long BODY_LIMIT_MAX_BYTES = 16L << 20;

  static final Map<String, Check.HttpVersion> VERSIONS =
      Ordered.of(
          "auto", Check.HttpVersion.AUTOMATIC,
          "1.1", Check.HttpVersion.HTTP_1_1,
          "2", Check.HttpVersion.HTTP_2);

  private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,16}");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");

  /** A tab and what can be seen: RFC 9110, 5.5, without its obsolete bytes. */
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  /** Headers whose values let somebody in. */
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

  /** Headers that say how a request is carried, which is the probe's to say. */
  private static final Set<String> CARRIER_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HttpFields() {}

  static Check.Http read(Fields site, URI uri, SecretFields secrets) {
    Fields http = site.fieldsOrNone("http");
    String method = http.read("method", HttpFields::method).orElse("GET");
    Map<String, Secret> headers = headers(http.fieldsOrNone("headers"), secrets);
    Optional<Secret> body = secrets.text(http, "body", BODY_LENGTH_MAX);
    if (body.isPresent() && Set.of("GET", "HEAD", "TRACE").contains(method)) {
      http.refuse("body", "is not sent with %s: write method: POST".formatted(method));
    }
    Optional<Credentials> credentials = credentials(http, secrets);
    if (credentials.isPresent()
        && headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
      http.refuse("headers", "has Authorization beside basic or bearer, which send it too");
    }
    Check.Redirects redirects =
        http.read("redirects", HttpFields::redirects).orElse(Check.Redirects.TEN);
    Check.HttpVersion version =
        http.choice("version", VERSIONS).orElse(Check.HttpVersion.AUTOMATIC);
    long bodyLimit =
        http.read("body-limit", HttpFields::bodyLimit).orElse(Check.Http.BODY_LIMIT_BYTES);
    http.refuseOthers();
    return new Check.Http(
        uri,
        method,
        headers,
        body,
        credentials,
        ConnectionFields.tls(site, secrets),
        redirects,
        ConnectionFields.family(site),
        version,
        bodyLimit,
        ConnectionFields.timeouts(site, ConnectionFields.PARTS, uri.getScheme()));
  }

  private static String method(String text) {
    String method = text.toUpperCase(Locale.ROOT);
    if (!METHOD.matcher(text).matches() || method.equals("CONNECT")) {
      throw new IllegalArgumentException(
          "is a method such as GET, HEAD or POST, not '%s'".formatted(Quantities.shown(text)));
    }
    return method;
  }

  private static Map<String, Secret> headers(Fields fields, SecretFields secrets) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    Map<String, String> seen = new LinkedHashMap<>();
    if (fields.names().size() > Check.Http.HEADERS_MAX) {
      fields.refuse(
          fields.names().getFirst(),
          "is one of %d headers, at most %d"
              .formatted(fields.names().size(), Check.Http.HEADERS_MAX));
      return headers;
    }
    for (String name : fields.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      String same = seen.putIfAbsent(lower, name);
      Optional<Secret> value =
          SECRET_HEADERS.contains(lower)
              ? secrets.reference(fields, name, HEADER_LENGTH_MAX)
              : secrets.text(fields, name, HEADER_LENGTH_MAX);
      if (!isHeaderName(name)) {
        fields.refuse(name, "is no name of a header");
      } else if (same != null) {
        fields.refuse(name, "is the header %s again".formatted(same));
      } else if (CARRIER_HEADERS.contains(lower)) {
        fields.refuse(name, "is set by the check itself; leave it out");
      } else if (value.isPresent() && !HEADER_VALUE.matcher(value.get().reference()).matches()) {
        fields.refuse(
            name, "has a value with a line end or another character that no header carries");
      } else {
        value.ifPresent(sent -> headers.put(name, sent));
      }
    }
    return headers;
  }

  /** A token: RFC 9110, 5.6.2. */
  static boolean isHeaderName(String name) {
    return HEADER_NAME.matcher(name).matches();
  }

  private static Optional<Credentials> credentials(Fields http, SecretFields secrets) {
    if (http.has("basic") && http.has("bearer")) {
      http.refuse("bearer", "stands beside basic: one of the two");
    }
    Optional<Secret> bearer = secrets.reference(http, "bearer", CREDENTIAL_LENGTH_MAX);
    Optional<Fields> basic = http.fields("basic");
    if (basic.isEmpty()) {
      return bearer.map(Credentials.Bearer::new);
    }
    Fields fields = basic.get();
    fields.require("user", "who signs in");
    fields.require("password", "write ${env:NAME} or ${file:path}");
    Optional<Secret> user = secrets.text(fields, "user", CREDENTIAL_LENGTH_MAX);
    Optional<Secret> password = secrets.reference(fields, "password", CREDENTIAL_LENGTH_MAX);
    if (user.isPresent() && user.get().reference().contains(":") && !user.get().named()) {
      fields.refuse("user", "has a colon, which ends the user in what is sent");
    }
    fields.refuseOthers();
    return user.flatMap(name -> password.map(word -> new Credentials.Basic(name, word)));
  }

  private static Check.Redirects redirects(String text) {
    return switch (text) {
      case "true" -> Check.Redirects.TEN;
      case "false" -> new Check.Redirects(0);
      default -> new Check.Redirects(Quantities.number(text, 0, Check.Redirects.LIMIT_MAX));
    };
  }

  private static long bodyLimit(String text) {
    long bytes = Quantities.bytes(text);
    if (bytes < 1 || bytes > BODY_LIMIT_MAX_BYTES) {
      throw new IllegalArgumentException(
          "1 byte to %dMiB, not %s".formatted(BODY_LIMIT_MAX_BYTES >> 20, text));
    }
    return bytes;
  }
}
