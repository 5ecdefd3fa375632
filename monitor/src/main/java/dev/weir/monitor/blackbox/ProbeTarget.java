// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.blackbox.ProbeModule.Prober;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is probed.
 *
 * @param text as it was asked for
 * @param hostname for Host and TLS instead of the target's own; empty for none
 */
record ProbeTarget(String text, String hostname) {

  private static final int PORT_MAX = 65_535;

  /** A check with what is expected of it. */
  record Planned(Check check, Expectations expectations) {}

  /** Why the module and the host name can't go together. */
  Optional<String> conflict(ProbeModule module) {
    if (hostname.isEmpty() || !(module.prober() instanceof Prober.Http http)) {
      return Optional.empty();
    }
    return host(http)
        .filter(each -> !each.equals(hostname))
        .map(each ->
            "host header defined both in module configuration (%s) and with URL-parameter 'hostname' (%s)"
                .formatted(each, hostname));
  }

  private static Optional<String> host(Prober.Http http) {
    return http.headers().entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase("Host"))
        .map(each -> each.getValue().reference())
        .findFirst();
  }

  /** The check; empty where the target is none. */
  Optional<Planned> planned(ProbeModule module, Duration timeout) {
    Timeouts timeouts = ModulesReader.timeouts(timeout);
    return switch (module.prober()) {
      case Prober.Http http ->
          uri().map(uri -> new Planned(check(http, uri, timeouts), http.expectations()));
      case Prober.Tcp tcp ->
          hostAndPort()
              .map(place ->
                  new Planned(
                      new Check.Tcp(
                          place.host(),
                          place.port(),
                          tcp.steps(),
                          tcp.tls().map(this::named),
                          tcp.family(),
                          timeouts),
                      Expectations.DEFAULT));
      case Prober.Dns dns ->
          Optional.of(
              new Planned(
                  new Check.Dns(
                      dns.name(), dns.type(), Optional.of(text), dns.tcp(), dns.family(), timeouts),
                  dns.expectations()));
      case Prober.Unsupported _ -> Optional.empty();
    };
  }

  private Check.Http check(Prober.Http http, URI uri, Timeouts timeouts) {
    Map<String, Secret> headers = new LinkedHashMap<>(http.headers());
    if (!hostname.isEmpty() && host(http).isEmpty()) {
      headers.put("Host", Secret.literal(hostname));
    }
    Optional<String> host =
        host(http).or(() -> Optional.of(hostname).filter(each -> !each.isEmpty()));
    return new Check.Http(
        uri,
        http.method(),
        headers,
        http.body(),
        http.credentials(),
        host.map(each -> named(http.tls(), each)).orElse(http.tls()),
        http.redirects(),
        http.family(),
        http.version(),
        http.bodyLimitBytes(),
        timeouts);
  }

  private TlsSettings named(TlsSettings tls) {
    return hostname.isEmpty() ? tls : named(tls, hostname);
  }

  /** The module's own name for the server comes first. */
  private static TlsSettings named(TlsSettings tls, String name) {
    return tls.serverName().isPresent()
        ? tls
        : new TlsSettings(
            Optional.of(name),
            tls.authority(),
            tls.certificate(),
            tls.key(),
            tls.minimum(),
            tls.verified());
  }

  /** Without a scheme it is HTTP; one that still hides its scheme was encoded twice. */
  private Optional<URI> uri() {
    String plain = text;
    if (!plain.contains("://") && plain.toLowerCase(Locale.ROOT).contains("%3a%2f%2f")) {
      plain = URLDecoder.decode(plain, StandardCharsets.UTF_8);
    }
    if (!plain.startsWith("http://") && !plain.startsWith("https://")) {
      plain = "http://" + plain;
    }
    try {
      URI uri = new URI(plain);
      return Optional.of(uri).filter(each -> isPlace(each.getRawAuthority()));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** Java takes more for an authority than there are hosts. */
  private static boolean isPlace(@Nullable String authority) {
    return authority != null
        && authority.substring(authority.lastIndexOf('@') + 1).indexOf('%') < 0;
  }

  private record Place(String host, int port) {}

  private Optional<Place> hostAndPort() {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      return Optional.empty();
    }
    return port > 0 && port <= PORT_MAX ? Optional.of(new Place(host, port)) : Optional.empty();
  }
}
