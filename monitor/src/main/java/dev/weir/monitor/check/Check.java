// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one request of a run does, by protocol. A new protocol is a record here and a probe. */
public sealed interface Check {

  /** How long the parts of one request may take. */
  Timeouts timeouts();

  /** Which family of addresses is tried first. */
  AddressFamily family();

  /**
   * One HTTP request, its redirects included.
   *
   * @param method upper case
   * @param headers by name, as they are sent; may hold {@link Secret}s
   * @param bodyLimitBytes of the unpacked body; more is a failure and closes the connection
   * @param version which versions are offered
   */
  record Http(
      URI uri,
      String method,
      Map<String, Secret> headers,
      Optional<Secret> body,
      Optional<Credentials> credentials,
      TlsSettings tls,
      Redirects redirects,
      AddressFamily family,
      HttpVersion version,
      long bodyLimitBytes,
      Timeouts timeouts)
      implements Check {

    public static final long BODY_LIMIT_BYTES = 1L << 20;
    public static final int HEADERS_MAX = 64;

    public Http {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * A connection, and a conversation over it.
   *
   * @param tls there where the conversation is encrypted, after {@code starttls} if the steps say
   *     so, else from the beginning
   */
  record Tcp(
      String host,
      int port,
      List<Step> steps,
      Optional<TlsSettings> tls,
      AddressFamily family,
      Timeouts timeouts)
      implements Check {

    public static final int STEPS_MAX = 32;

    public Tcp {
      steps = List.copyOf(steps);
    }

    /** One turn of the conversation. */
    public sealed interface Step {
      /** Waits for a line that this RE2 expression matches somewhere. */
      record Expect(String expression) implements Step {}

      /** Sends these characters as UTF-8; a line ends where they say so. */
      record Send(Secret text) implements Step {}

      /** From here on the connection is encrypted. */
      record StartTls() implements Step {}
    }
  }

  /** A handshake; chain, host name and expiry are judged. */
  record Tls(String host, int port, TlsSettings tls, AddressFamily family, Timeouts timeouts)
      implements Check {}

  /**
   * One question of the DNS.
   *
   * @param name asked for
   * @param type such as {@code A}, {@code MX}
   * @param resolver {@code host:port} of the server; empty for the system's
   * @param tcp asked over TCP instead of UDP
   */
  record Dns(
      String name,
      String type,
      Optional<String> resolver,
      boolean tcp,
      AddressFamily family,
      Timeouts timeouts)
      implements Check {}

  /** Which family of addresses is used. */
  enum AddressFamily {
    /** IPv4 first; IPv6 where none answers. */
    PREFER_IPV4,
    /** IPv6 first; IPv4 where none answers. */
    PREFER_IPV6,
    ONLY_IPV4,
    ONLY_IPV6
  }

  /** Which HTTP versions are offered. */
  enum HttpVersion {
    /** 2 where TLS agrees on it, else 1.1. */
    AUTOMATIC,
    HTTP_1_1,
    /** 2 only; without TLS by prior knowledge. */
    HTTP_2
  }

  /**
   * Whether redirects are followed.
   *
   * @param limit hops at most, 0 for none: then a redirect is the answer
   */
  record Redirects(int limit) {
    public static final int LIMIT_MAX = 20;
    public static final Redirects TEN = new Redirects(10);

    public Redirects {
      if (limit < 0 || limit > LIMIT_MAX) {
        throw new IllegalArgumentException(
            "redirects are followed 0 to %d times, not %d".formatted(LIMIT_MAX, limit));
      }
    }
  }

  /**
   * How long the parts of a request may take; the whole always ends at {@code total}.
   *
   * @param total over all hops
   */
  record Timeouts(
      Duration total,
      Duration dns,
      Duration connect,
      Duration tls,
      Duration waiting,
      Duration body) {

    public static final Duration TOTAL_MAX = Duration.ofMinutes(5);

    /** Each part may take as long as the whole. */
    public static Timeouts of(Duration total) {
      return new Timeouts(total, total, total, total, total, total);
    }

    public Timeouts {
      for (Duration part : List.of(total, dns, connect, tls, waiting, body)) {
        if (!part.isPositive() || part.compareTo(TOTAL_MAX) > 0) {
          throw new IllegalArgumentException(
              "a timeout is more than 0 and at most 5m, not " + part);
        }
      }
    }
  }
}
