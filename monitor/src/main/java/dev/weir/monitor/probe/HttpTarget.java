// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes: a URI as the web writes them, which {@link java.net.URI} would refuse for a
 * space or an umlaut. Without its fragment.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower case, internationalized names in their ASCII form, IPv6 literals without
 *     brackets
 * @param path with the query, never empty, only characters that a request line may have
 * @param userInfo as it was written, with its percent signs
 */
record HttpTarget(String scheme, String host, int port, String path, Optional<String> userInfo) {

  private static final Pattern SCHEME =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):(.*)$", Pattern.DOTALL);
  private static final String NEVER_IN_PATHS = " \"<>\\^`{|}";

  /**
   * Reads an absolute URI.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static HttpTarget parse(String text) {
    Matcher matcher = SCHEME.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' has no scheme".formatted(Excerpt.of(text)));
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "'%s' is neither http nor https".formatted(Excerpt.of(scheme + ":")));
    }
    String rest = matcher.group(2);
    if (!rest.startsWith("//")) {
      throw new IllegalArgumentException("'%s' has no host".formatted(Excerpt.of(text)));
    }
    rest = beforeAny(rest.substring(2), "#");
    String authority = beforeAny(rest, "/?");
    String path = rest.substring(authority.length());
    int at = authority.lastIndexOf('@');
    Optional<String> userInfo = at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
    String hostPort = authority.substring(at + 1);
    int colon = hostPort.lastIndexOf(':');
    boolean hasPort = colon > hostPort.lastIndexOf(']');
    String host = host(hasPort ? hostPort.substring(0, colon) : hostPort);
    int port = hasPort ? port(hostPort.substring(colon + 1), scheme) : defaultPort(scheme);
    return new HttpTarget(scheme, host, port, encoded(path), userInfo);
  }

  /**
   * Where a Location leads from here, by RFC 3986 §5.2.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  HttpTarget resolve(String reference) {
    String location = reference.strip();
    if (SCHEME.matcher(location).matches()) {
      return parse(location);
    }
    if (location.startsWith("//")) {
      return parse(scheme + ":" + location);
    }
    location = beforeAny(location, "#");
    String base = beforeAny(path, "?");
    if (location.isEmpty()) {
      return this;
    }
    if (location.startsWith("?")) {
      return withPath(base + location);
    }
    String absolute =
        location.startsWith("/")
            ? location
            : base.substring(0, base.lastIndexOf('/') + 1) + location;
    String plain = beforeAny(absolute, "?");
    return withPath(withoutDots(plain) + absolute.substring(plain.length()));
  }

  private HttpTarget withPath(String next) {
    return new HttpTarget(scheme, host, port, encoded(next), Optional.empty());
  }

  boolean encrypted() {
    return scheme.equals("https");
  }

  /** Whether credentials for the one may be sent to the other. */
  boolean sameOrigin(HttpTarget other) {
    return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
  }

  /** What the Host header says. */
  String hostHeader() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == defaultPort(scheme) ? name : name + ":" + port;
  }

  /** User and password, decoded: {@code user:password}. */
  Optional<String> userAndPassword() {
    return userInfo.map(
        text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return scheme + "://" + hostHeader() + path;
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static int port(String text, String scheme) {
    if (text.isEmpty()) {
      return defaultPort(scheme);
    }
    boolean number =
        text.length() <= 5 && text.chars().allMatch(each -> each >= '0' && each <= '9');
    int port = number ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("'%s' is no port".formatted(Excerpt.of(text)));
    }
    return port;
  }

  private static String host(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT);
    }
    String name;
    try {
      String decoded =
          text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
      name = IDN.toASCII(decoded, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s' is no host".formatted(Excerpt.of(text)), e);
    }
    boolean valid = !name.isEmpty() && name.length() <= 254;
    for (int i = 0; i < name.length() && valid; i++) {
      char c = name.charAt(i);
      valid = c > ' ' && c < 127 && "\"#%/:<>?@[\\]^`{|}".indexOf(c) < 0;
    }
    if (!valid) {
      throw new IllegalArgumentException("'%s' is no host".formatted(Excerpt.of(text)));
    }
    return name;
  }

  /** The text up to the first of these characters. */
  private static String beforeAny(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  private static String encoded(String path) {
    String rooted = path.startsWith("/") ? path : "/" + path;
    boolean clean = rooted.chars().allMatch(HttpTarget::allowed);
    if (clean) {
      return rooted;
    }
    StringBuilder encoded = new StringBuilder();
    for (byte each : rooted.getBytes(StandardCharsets.UTF_8)) {
      if (allowed(each & 0xff)) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return encoded.toString();
  }

  private static boolean allowed(int character) {
    return character > ' ' && character < 127 && NEVER_IN_PATHS.indexOf(character) < 0;
  }

  private static String withoutDots(String path) {
    ArrayDeque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> {
          if (last) {
            kept.addLast("");
          }
        }
        case ".." -> {
          kept.pollLast();
          if (last) {
            kept.addLast("");
          }
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }
}
