// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.cause;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why there is no answer: name, route, TLS. */
public final class NetworkCauses {

  private static final String IN_A_VPC =
      "in a VPC without internet see that the interface endpoint is there";

  /** Chains of causes may go in circles; none that means anything is this long. */
  private static final int CAUSES_MAX = 16;

  private NetworkCauses() {}

  /** The cause of a failure on the way to an endpoint. */
  public static Cause of(Throwable failure, URI endpoint) {
    String host = endpoint.getAuthority();
    if (has(failure, UnknownHostException.class)) {
      return new Cause(
          "the name %s can't be resolved".formatted(endpoint.getHost()),
          "check its spelling and this machine's DNS; " + IN_A_VPC + ", with private DNS on");
    }
    if (isConnectTimeout(failure)) {
      return new Cause(
          "no connection to %s in time".formatted(host),
          "check route, security groups (443 from this machine) and firewalls; " + IN_A_VPC);
    }
    if (has(failure, NoRouteToHostException.class)) {
      return new Cause(
          "there is no route to %s".formatted(host), "check the network of this machine");
    }
    if (has(failure, ConnectException.class)) {
      return new Cause(
          "%s refuses connections".formatted(host), "check host and port, and that it runs");
    }
    if (has(failure, SSLException.class) || has(failure, CertificateException.class)) {
      return tls(failure, host);
    }
    if (has(failure, SocketTimeoutException.class)) {
      return new Cause(
          "%s does not answer in time".formatted(host),
          "try again; if it stays so, look for a firewall that drops what is under way");
    }
    return new Cause(
        "the connection to %s broke: %s".formatted(host, said(failure)),
        "look for a proxy or a firewall in between");
  }

  private static Cause tls(Throwable failure, String host) {
    if (has(failure, CertificateExpiredException.class)) {
      return new Cause(
          "the certificate of %s has expired".formatted(host),
          "renew it, or set this machine's clock if that is wrong");
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return new Cause(
          "the certificate of %s is not valid yet".formatted(host), "check this machine's clock");
    }
    if (has(failure, CertPathBuilderException.class)) {
      return new Cause(
          "the certificate of %s comes from nobody that this Java trusts".formatted(host),
          "see whether a proxy opens TLS in between; import its issuer into a trust store and name"
              + " that by WEIR_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE");
    }
    if (has(failure, SSLPeerUnverifiedException.class) || isOtherName(failure)) {
      return new Cause(
          "the certificate of %s is made out to another name".formatted(host),
          "name the endpoint by the name that its certificate has");
    }
    return new Cause(
        "TLS with %s fails: %s".formatted(host, said(failure)),
        "see that TLS 1.2 or 1.3 is spoken at that port");
  }

  /** Java says it in the message alone. */
  private static boolean isOtherName(Throwable failure) {
    return find(failure, CertificateException.class)
        .map(e -> said(e).toLowerCase(Locale.ROOT))
        .filter(text -> text.contains("subject alternative") || text.contains("no name matching"))
        .isPresent();
  }

  /** Of a client's own type, or of Java's, which tells it in the message alone. */
  private static boolean isConnectTimeout(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      boolean connecting =
          cause instanceof SocketTimeoutException
              && said(cause).toLowerCase(Locale.ROOT).startsWith("connect");
      if (connecting || cause.getClass().getSimpleName().equals("ConnectTimeoutException")) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** Whether a failure, or what caused it, is of a type. */
  public static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return find(failure, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
