// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an endpoint says of itself: its scheme chooses the protocol. */
sealed interface Endpoint {

  int LENGTH_MAX = 2_048;

  /** The protocol's name in messages. */
  String scheme();

  record Web(URI uri) implements Endpoint {
    @Override
    public String scheme() {
      return uri.getScheme();
    }
  }

  record Conversation(String host, int port) implements Endpoint {
    @Override
    public String scheme() {
      return "tcp";
    }
  }

  record Handshake(String host, int port) implements Endpoint {
    @Override
    public String scheme() {
      return "tls";
    }
  }

  record Question(String name) implements Endpoint {
    @Override
    public String scheme() {
      return "dns";
    }
  }

  /** Where a server of a protocol without a path listens. */
  record HostPort(String host, Optional<Integer> port) {

    private static final int PORT_MAX = 65_535;
    private static final Pattern FORM = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::(\\d*))?");

    /** {@code host}, {@code host:port}, {@code [2001:db8::1]:port}. */
    static HostPort parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new IllegalArgumentException(
            "host:port, with an IPv6 address in [], not '%s'".formatted(Quantities.shown(text)));
      }
      String port = form.group(2);
      return new HostPort(
          ascii(form.group(1)), port == null ? Optional.empty() : Optional.of(port(port)));
    }

    private static int port(String text) {
      try {
        return Quantities.number(text, 1, PORT_MAX);
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException(
            "has a port that is not from 1 to %d: '%s'"
                .formatted(PORT_MAX, Quantities.shown(text)));
      }
    }

    /** The host without the brackets of an IPv6 address. */
    String bare() {
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String ascii(String host) {
      String ascii = host;
      try {
        if (!host.startsWith("[")) {
          ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
        }
        if (ascii.length() <= 253 && new URI("any://" + ascii).getHost() != null) {
          return ascii;
        }
      } catch (URISyntaxException | IllegalArgumentException e) {
        // not a name of the DNS nor an address: refused below
      }
      throw new IllegalArgumentException(
          "'%s' is neither a host name nor an address".formatted(Quantities.shown(host)));
    }
  }

  Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)(?:#.*)?");
  Pattern DNS_NAME = Pattern.compile("(?:[A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]{1,63}\\.?");

  /** The message of the exception is the reason, without the endpoint itself. */
  static Endpoint parse(String text) {
    Matcher form = FORM.matcher(Fields.limited(text, LENGTH_MAX));
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "is http://…, https://…, tcp://host:port, tls://host:port or dns://name");
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    String authority = form.group(2);
    String rest = form.group(3);
    if (authority.contains("@")) {
      throw new IllegalArgumentException(
          "has a user or password in it: write http.basic, with the password as ${env:NAME}");
    }
    switch (scheme) {
      case "http", "https" -> {
        return new Web(web(scheme, HostPort.parse(authority), rest));
      }
      case "tcp", "tls", "dns" -> {
        if (!rest.isEmpty() && !rest.equals("/")) {
          throw new IllegalArgumentException(scheme + ":// has no path");
        }
      }
      default ->
          throw new IllegalArgumentException(
              "has the scheme %s; there are http, https, tcp, tls and dns"
                  .formatted(Quantities.shown(scheme)));
    }
    if (scheme.equals("dns")) {
      return question(authority);
    }
    HostPort server = HostPort.parse(authority);
    if (scheme.equals("tls")) {
      return new Handshake(server.bare(), server.port().orElse(443));
    }
    return new Conversation(
        server.bare(),
        server
            .port()
            .orElseThrow(() -> new IllegalArgumentException("needs a port: tcp://host:port")));
  }

  private static URI web(String scheme, HostPort server, String rest) {
    String port = server.port().map(number -> ":" + number).orElse("");
    try {
      return URI.create(new URI(scheme + "://" + server.host() + port + rest).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "has a character that is written with %%: %s".formatted(e.getReason()), e);
    }
  }

  private static Question question(String name) {
    String ascii;
    try {
      ascii = name.chars().allMatch(each -> each < 0x80) ? name : IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has no name of the DNS after dns://", e);
    }
    if (ascii.length() > 254 || !DNS_NAME.matcher(ascii).matches()) {
      throw new IllegalArgumentException("has no name of the DNS after dns://, such as dns://a.b");
    }
    return new Question(ascii);
  }
}
