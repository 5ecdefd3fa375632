// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request, ready to be sent. Holds secrets in clear for as long as the run lasts, so it never
 * shows itself.
 */
final class HttpRequest {

  /** Never sent on to another origin. */
  private static final Set<String> CREDENTIAL_HEADERS =
      Set.of("authorization", "cookie", "proxy-authorization", "host");

  private static final Set<String> BODY_HEADERS =
      Set.of("content-length", "content-type", "content-encoding", "content-language");

  /** Ours to say, since they tell how the message is framed. */
  private static final Set<String> FRAMING_HEADERS =
      Set.of("connection", "content-length", "transfer-encoding", "upgrade", "keep-alive", "te");

  private final HttpTarget target;
  private final String method;
  private final TreeMap<String, String> headers;
  private final Set<String> secretHeaders;
  private final byte @Nullable [] body;
  private final boolean secretBody;
  private final TlsSettings tls;

  private HttpRequest(
      HttpTarget target,
      String method,
      TreeMap<String, String> headers,
      Set<String> secretHeaders,
      byte @Nullable [] body,
      boolean secretBody,
      TlsSettings tls) {
    this.target = target;
    this.method = method;
    this.headers = headers;
    this.secretHeaders = secretHeaders;
    this.body = body;
    this.secretBody = secretBody;
    this.tls = tls;
  }

  /**
   * The request that a check asks for.
   *
   * @throws IllegalArgumentException naming the reference or header, never a value, where a secret
   *     can't be read or sent
   */
  static HttpRequest of(Check.Http check, Secrets secrets, String userAgent) {
    HttpTarget target = HttpTarget.parse(check.uri().toString());
    TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "*/*");
    headers.put("Accept-Encoding", Unpacking.OFFERED);
    headers.put("User-Agent", userAgent);
    target
        .userAndPassword()
        .ifPresent(
            text -> headers.put("Authorization", basic(text.indexOf(':') < 0 ? text + ":" : text)));
    check
        .credentials()
        .ifPresent(
            credentials -> headers.put("Authorization", authorization(credentials, secrets)));
    Set<String> secretHeaders = new HashSet<>();
    for (Map.Entry<String, Secret> header : check.headers().entrySet()) {
      String name = requireToken("a header's name", header.getKey());
      if (!FRAMING_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        headers.put(name, sendable(name, secrets.reveal(header.getValue())));
        if (refers(header.getValue())) {
          secretHeaders.add(name.toLowerCase(Locale.ROOT));
        }
      }
    }
    byte @Nullable [] body =
        check
            .body()
            .map(text -> secrets.reveal(text).getBytes(StandardCharsets.UTF_8))
            .orElse(null);
    boolean secretBody = check.body().map(HttpRequest::refers).orElse(false);
    return new HttpRequest(
        target,
        requireToken("a method", check.method()),
        headers,
        secretHeaders,
        body,
        secretBody,
        check.tls());
  }

  HttpTarget target() {
    return target;
  }

  String method() {
    return method;
  }

  /** How the connection is made: another origin sees no certificate of ours. */
  TlsSettings tls() {
    return tls;
  }

  /** Without those of the framing; names keep their case and are different in lower case. */
  Map<String, String> headers() {
    return headers;
  }

  byte @Nullable [] body() {
    return body;
  }

  /** Whether sending it again can do no harm. */
  boolean idempotent() {
    return Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE").contains(method);
  }

  /**
   * The request that a redirect asks for, by RFC 9110 §15.4 and as browsers do it.
   *
   * @throws Broken where it would give a secret away
   */
  HttpRequest redirected(int status, HttpTarget next) throws Broken {
    boolean asGet =
        (status == 303 && !method.equals("HEAD"))
            || ((status == 301 || status == 302) && method.equals("POST"));
    boolean sameOrigin = target.sameOrigin(next);
    if (!sameOrigin && !asGet && body != null && secretBody) {
      throw new Broken(
          ErrorClass.STATUS,
          "%s redirects a request whose body holds a secret to another origin, %s: not followed"
              .formatted(target.hostHeader(), next.hostHeader()));
    }
    TreeMap<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean secret = CREDENTIAL_HEADERS.contains(lower) || secretHeaders.contains(lower);
      if ((sameOrigin || !secret) && !(asGet && BODY_HEADERS.contains(lower))) {
        kept.put(name, value);
      }
    });
    return new HttpRequest(
        next,
        asGet ? "GET" : method,
        kept,
        secretHeaders,
        asGet ? null : body,
        secretBody,
        sameOrigin ? tls : withoutIdentity(tls));
  }

  /** The same with these cookies after its own. */
  HttpRequest withCookies(String cookies) {
    TreeMap<String, String> more = new TreeMap<>(headers);
    more.merge("Cookie", cookies, (own, kept) -> own + "; " + kept);
    return new HttpRequest(target, method, more, secretHeaders, body, secretBody, tls);
  }

  private static TlsSettings withoutIdentity(TlsSettings tls) {
    return new TlsSettings(
        Optional.empty(),
        tls.authority(),
        Optional.empty(),
        Optional.empty(),
        tls.minimum(),
        tls.verified());
  }

  /** As HTTP/1.1 sends it, in one piece. */
  byte[] bytes(boolean keepsConnection) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
    if (!headers.containsKey("Host")) {
      head.append("Host: ").append(target.hostHeader()).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (!keepsConnection) {
      head.append("Connection: close\r\n");
    }
    if (body != null || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
      head.append("Content-Length: ").append(body == null ? 0 : body.length).append("\r\n");
    }
    byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    if (body == null) {
      return headBytes;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(headBytes.length + body.length);
    whole.writeBytes(headBytes);
    whole.writeBytes(body);
    return whole.toByteArray();
  }

  /** A word of RFC 9110 §5.6.2: nothing that could end a line, or begin another. */
  private static String requireToken(String what, String word) {
    boolean token =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    if (!token) {
      throw new IllegalArgumentException("'%s' can't be %s".formatted(Excerpt.of(word), what));
    }
    return word;
  }

  private static boolean refers(Secret secret) {
    return secret.reference().contains("${");
  }

  private static String authorization(Credentials credentials, Secrets secrets) {
    return switch (credentials) {
      case Credentials.Basic(Secret user, Secret password) ->
          basic(secrets.reveal(user) + ":" + secrets.reveal(password));
      case Credentials.Bearer(Secret token) ->
          "Bearer " + sendable("Authorization", secrets.reveal(token));
    };
  }

  private static String basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** A header's value: a file's last line end doesn't belong to it, and no other may be in it. */
  private static String sendable(String name, String value) {
    String text = value.strip();
    if (text.chars().anyMatch(each -> (each < ' ' && each != '\t') || each == 127)) {
      throw new IllegalArgumentException(
          "the value of header %s has a control character".formatted(Excerpt.of(name)));
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
