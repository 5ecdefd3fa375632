// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges a peer within the handshake: first whether its certificates are of this time, then whether
 * an authority vouches for them, then whether they are for this host. What is refused is told by a
 * {@link RefusedCertificate}, with the chain. Thread-safe.
 */
final class PeerTrust extends X509ExtendedTrustManager {

  /** Names of a certificate that a sentence lists. */
  private static final int NAMES_MAX = 5;

  private final X509ExtendedTrustManager authorities;
  private final CertificatePaths paths;
  private final boolean verified;
  private final InstantSource clock;

  PeerTrust(
      X509ExtendedTrustManager authorities,
      CertificatePaths paths,
      boolean verified,
      InstantSource clock) {
    this.authorities = authorities;
    this.paths = paths;
    this.verified = verified;
    this.clock = clock;
  }

  /** Asks the platform whether an authority vouches for the chain. */
  private interface Vouching {
    void check() throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
      throws CertificateException {
    SSLSession session = ((SSLSocket) socket).getHandshakeSession();
    judge(chain, session, () -> authorities.checkServerTrusted(chain, keyExchange, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
      throws CertificateException {
    SSLSession session = engine.getHandshakeSession();
    judge(chain, session, () -> authorities.checkServerTrusted(chain, keyExchange, engine));
  }

  private void judge(X509Certificate[] chain, SSLSession session, Vouching vouching)
      throws CertificateException {
    if (!verified) {
      return;
    }
    String host = session.getPeerHost();
    Failure failure = judge(chain, host, vouching);
    if (failure != null) {
      throw new RefusedCertificate(
          failure, session.getProtocol(), session.getCipherSuite(), paths.describe(chain, false));
    }
  }

  private @Nullable Failure judge(X509Certificate[] chain, String host, Vouching vouching) {
    Instant now = clock.instant();
    Failure outdated = outdated(chain[0], true, host, now);
    if (outdated != null) {
      return outdated;
    }
    try {
      vouching.check();
    } catch (CertificateException cause) {
      // Only now: a server may send an old certificate that no path needs.
      for (X509Certificate each : chain) {
        outdated = outdated(each, false, host, now);
        if (outdated != null) {
          return outdated;
        }
      }
      return new Failure(ErrorClass.TLS_UNTRUSTED, untrusted(chain, host, cause));
    }
    return HostNames.matches(chain[0], host)
        ? null
        : new Failure(ErrorClass.TLS_HOSTNAME, otherHost(chain[0], host));
  }

  private static @Nullable Failure outdated(
      X509Certificate certificate, boolean leaf, String host, Instant now) {
    String whose =
        leaf
            ? "the certificate of " + host
            : "the certificate '%s' in the chain of %s"
                .formatted(certificate.getSubjectX500Principal().getName(), host);
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      return new Failure(
          ErrorClass.TLS_EXPIRED,
          "%s expired on %s, %s; renew it".formatted(whose, day(until), ago(until, now)));
    }
    if (now.isBefore(from)) {
      return new Failure(
          ErrorClass.TLS_EXPIRED,
          "%s is not valid before %s; wait until then, or look at the clock here"
              .formatted(whose, day(from)));
    }
    return null;
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static String ago(Instant then, Instant now) {
    long days = ChronoUnit.DAYS.between(then, now);
    if (days > 0) {
      return days == 1 ? "a day ago" : days + " days ago";
    }
    long minutes = ChronoUnit.MINUTES.between(then, now);
    return minutes >= 120 ? minutes / 60 + " hours ago" : minutes + " minutes ago";
  }

  private static String untrusted(
      X509Certificate[] chain, String host, CertificateException cause) {
    X509Certificate leaf = chain[0];
    String issuer = chain[chain.length - 1].getIssuerX500Principal().getName();
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof CertPathValidatorException why
          && why.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
        return "the certificates of %s use a key or a signature that is too weak; issue new ones"
            .formatted(host);
      }
    }
    if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
      return "the certificate of %s signed itself; have an authority issue one, or trust this one"
          .formatted(host);
    }
    return "no trusted authority vouches for the certificate of %s: '%s' is not known here%s"
        .formatted(
            host,
            issuer,
            chain.length == 1
                ? "; the server may have to send the certificates in between"
                : "; trust it, or change the certificate");
  }

  private static String otherHost(X509Certificate leaf, String host) {
    List<String> names = HostNames.alternativeNames(leaf);
    String listed =
        names.isEmpty()
            ? "names no host at all"
            : "is for " + String.join(", ", names.subList(0, Math.min(NAMES_MAX, names.size())));
    return "the certificate of %s %s%s; issue one that names %s"
        .formatted(host, listed, names.size() > NAMES_MAX ? " and others" : "", host);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    throw new CertificateException("a chain is judged for a connection only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("checks are clients; they judge no other's");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
