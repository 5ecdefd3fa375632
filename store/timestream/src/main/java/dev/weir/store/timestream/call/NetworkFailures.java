// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Says what went wrong on the way, for whoever has to mend it: which host, what, and what to look
 * at. All of it may pass, so that senders keep their data.
 */
final class NetworkFailures {

  private NetworkFailures() {}

  static StoreException of(Exception failure, URI endpoint) {
    if (interrupted(failure)) {
      Thread.currentThread().interrupt();
      return new StoreException(Kind.CANCELLED, "interrupted", failure);
    }
    return new StoreException(
        Kind.UNAVAILABLE, message(failure, endpoint.getAuthority(), endpoint), failure);
  }

  private static boolean interrupted(Throwable failure) {
    return Thread.currentThread().isInterrupted()
        || find(failure, InterruptedException.class).isPresent()
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException)
            && !failure.getClass().getSimpleName().contains("Timeout"));
  }

  private static String message(Exception failure, String host, URI endpoint) {
    if (find(failure, UnknownHostException.class).isPresent()) {
      return "the name %s can't be resolved; check its spelling and this machine's DNS, and in a"
              .formatted(endpoint.getHost())
          + " VPC without internet that the interface endpoint is there with private DNS on";
    }
    if (failure instanceof ConnectTimeoutException) {
      return "no connection to %s within %d s; check the route, security groups and firewalls"
          .formatted(host, Connections.CONNECT_TIME.toSeconds());
    }
    if (find(failure, NoRouteToHostException.class).isPresent()) {
      return "there is no route to %s; check the network of this machine".formatted(host);
    }
    if (find(failure, ConnectException.class).isPresent()) {
      return "%s refuses connections; check host and port, and that it runs".formatted(host);
    }
    if (find(failure, SSLException.class).isPresent()) {
      return tls(failure, host);
    }
    return "the connection to %s broke: %s".formatted(host, said(failure));
  }

  private static String tls(Exception failure, String host) {
    if (find(failure, CertificateExpiredException.class).isPresent()) {
      return "the certificate of %s has expired; renew it, or set this machine's clock"
          .formatted(host);
    }
    if (find(failure, CertificateNotYetValidException.class).isPresent()) {
      return "the certificate of %s is not valid yet; check this machine's clock".formatted(host);
    }
    if (find(failure, CertPathBuilderException.class).isPresent()) {
      return "the certificate of %s comes from nobody that this Java trusts; import its issuer, or"
              .formatted(host)
          + " name a trust store by -Djavax.net.ssl.trustStore";
    }
    if (find(failure, SSLPeerUnverifiedException.class).isPresent()) {
      return "the certificate of %s is made out to another name: %s".formatted(host, said(failure));
    }
    return "TLS with %s fails: %s".formatted(host, said(failure));
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    // Chains may go in circles; none that means anything is this long.
    for (int depth = 0; cause != null && depth < 16; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
