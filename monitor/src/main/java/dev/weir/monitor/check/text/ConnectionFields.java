// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what protocols share: timeouts, family of addresses, TLS. */
final class ConnectionFields {

  /** As long as the original waited for an answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  static final Duration TIMEOUT_MIN = Duration.ofMillis(1);

  /** A chain of authorities may be long; a key is a page. */
  static final int PEM_LENGTH_MAX = 64 << 10;

  /** Also how they are written. */
  static final Map<String, Check.AddressFamily> FAMILIES =
      Ordered.of(
          "prefer4", Check.AddressFamily.PREFER_IPV4,
          "prefer6", Check.AddressFamily.PREFER_IPV6,
          "4", Check.AddressFamily.ONLY_IPV4,
          "6", Check.AddressFamily.ONLY_IPV6);

  static final Map<String, TlsSettings.Version> VERSIONS =
      Ordered.of("1.2", TlsSettings.Version.TLS_1_2, "1.3", TlsSettings.Version.TLS_1_3);

  /** The parts of a request that have a timeout, in the order of {@link Check.Timeouts}. */
  static final List<String> PARTS = List.of("dns", "connect", "tls", "wait", "body");

  private ConnectionFields() {}

  static Check.AddressFamily family(Fields site) {
    return site.choice("ip", FAMILIES).orElse(Check.AddressFamily.PREFER_IPV4);
  }

  /** The whole, and of its parts those that the protocol has. */
  static Check.Timeouts timeouts(Fields site, List<String> parts, String scheme) {
    Duration total =
        site.duration("timeout", TIMEOUT_MIN, Check.Timeouts.TOTAL_MAX).orElse(TIMEOUT);
    Fields each = site.fieldsOrNone("timeouts");
    for (String part : PARTS) {
      if (!parts.contains(part)) {
        each.refuseEach("is no part of a check of " + scheme, part);
      }
    }
    Check.Timeouts timeouts =
        new Check.Timeouts(
            total,
            part(each, "dns", total),
            part(each, "connect", total),
            part(each, "tls", total),
            part(each, "wait", total),
            part(each, "body", total));
    each.refuseOthers();
    return timeouts;
  }

  private static Duration part(Fields timeouts, String name, Duration total) {
    return timeouts.duration(name, TIMEOUT_MIN, total).orElse(total);
  }

  static TlsSettings tls(Fields site, SecretFields secrets) {
    Fields tls = site.fieldsOrNone("tls");
    Optional<String> serverName = tls.read("server-name", ConnectionFields::serverName);
    Optional<Secret> authority = secrets.certificates(tls, "ca", PEM_LENGTH_MAX);
    Optional<Secret> certificate = secrets.certificates(tls, "certificate", PEM_LENGTH_MAX);
    Optional<Secret> key = secrets.reference(tls, "key", PEM_LENGTH_MAX);
    TlsSettings.Version minimum =
        tls.choice("minimum", VERSIONS).orElse(TlsSettings.Version.TLS_1_2);
    boolean verified = tls.flag("verify").orElse(true);
    if (tls.has("certificate") != tls.has("key")) {
      tls.refuse(
          tls.has("key") ? "key" : "certificate", "stands alone: certificate and key go together");
    }
    tls.refuseOthers();
    boolean whole = certificate.isPresent() == key.isPresent();
    return new TlsSettings(
        serverName,
        authority,
        whole ? certificate : Optional.empty(),
        whole ? key : Optional.empty(),
        minimum,
        verified);
  }

  private static String serverName(String text) {
    Endpoint.HostPort name = Endpoint.HostPort.parse(text);
    if (name.port().isPresent()) {
      throw new IllegalArgumentException("is a name without a port");
    }
    return name.bare();
  }
}
