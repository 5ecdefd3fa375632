// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/**
 * Which hosts a certificate is for (RFC 9525): its alternative names alone count, and an asterisk
 * stands for the whole of the first label.
 */
final class HostNames {

  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  private HostNames() {}

  /** Without the brackets of an IPv6 literal and without the dot of the root. */
  static String bare(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** As a server is told whom it shall be; empty for addresses and what can't be a name. */
  static List<SNIServerName> indicated(String host) {
    try {
      return literal(host).isPresent() ? List.of() : List.of(new SNIHostName(ascii(host)));
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  static boolean matches(X509Certificate certificate, String host) {
    Optional<InetAddress> address = literal(host);
    if (address.isPresent()) {
      return alternativeNames(certificate, ADDRESS).stream()
          .anyMatch(each -> literal(each).equals(address));
    }
    String name = ascii(host).toLowerCase(Locale.ROOT);
    return alternativeNames(certificate, DNS_NAME).stream()
        .anyMatch(each -> matches(each.toLowerCase(Locale.ROOT), name));
  }

  /** Names first, then addresses. */
  static List<String> alternativeNames(X509Certificate certificate) {
    List<String> all = new ArrayList<>(dnsNames(certificate));
    all.addAll(alternativeNames(certificate, ADDRESS));
    return all;
  }

  static List<String> dnsNames(X509Certificate certificate) {
    return alternativeNames(certificate, DNS_NAME);
  }

  private static boolean matches(String pattern, String name) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot).equals(pattern.substring(1));
  }

  private static List<String> alternativeNames(X509Certificate certificate, int kind) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        for (List<?> each : all) {
          if (each.get(0) instanceof Integer type
              && type == kind
              && each.get(1) instanceof String name) {
            names.add(name);
          }
        }
      }
    } catch (CertificateParsingException _) {
      // Names that can't be read are no names.
    }
    return names;
  }

  private static String ascii(String host) {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException _) {
      return host;
    }
  }

  /** An address without brackets; empty for names, most of them without asking the platform. */
  static Optional<InetAddress> literal(String host) {
    boolean possible =
        host.indexOf(':') >= 0 || (!host.isEmpty() && Character.isDigit(host.charAt(0)));
    if (!possible) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
