// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as one check wants it: makes sockets that send the server's name, offer the versions that are
 * allowed, and judge chain and host name within the handshake. A handshake that fails is told by
 * {@link TlsFailure}. Thread-safe.
 *
 * <p>No handshake resumes another's session: the platform keeps sessions within an {@link
 * SSLContext}, and each socket has one of its own, with the same keys and the same trust. It costs
 * one part in fifty of a handshake.
 */
final class TlsContext {

  private final TlsSettings settings;
  private final CertificatePaths paths;
  private final PeerTrust trust;
  private final SSLSocketFactory factory;

  TlsContext(
      TlsSettings settings,
      KeyManager[] identity,
      X509ExtendedTrustManager authorities,
      InstantSource clock)
      throws GeneralSecurityException {
    this.settings = settings;
    this.paths = new CertificatePaths(List.of(authorities.getAcceptedIssuers()));
    this.trust = new PeerTrust(authorities, paths, settings.verified(), clock);
    this.factory = new Sockets(settings, identity, trust);
  }

  /**
   * A socket over a connected one, before its handshake; closing it closes both.
   *
   * @param host as the check names it; a name or a literal without brackets
   * @param protocols for ALPN, preferred first; may be empty
   */
  SSLSocket over(Socket connected, String host, List<String> protocols) throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket(connected, host, connected.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols.toArray(String[]::new));
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** What is known of the peer after a handshake. */
  Peer peer(Peer connected, SSLSession session) {
    return new Peer(
        connected.address(),
        connected.refusedAddress(),
        session.getProtocol(),
        session.getCipherSuite(),
        chain(session));
  }

  private Peer.Chain chain(SSLSession session) {
    try {
      return paths.describe((X509Certificate[]) session.getPeerCertificates(), settings.verified());
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalArgumentException("a session without a handshake has no chain", e);
    }
  }

  /** Prepares each socket, whoever asks for it. */
  private static final class Sockets extends SSLSocketFactory {

    private final TlsSettings settings;
    private final KeyManager[] identity;
    private final TrustManager[] trust;
    private final SecureRandom random = new SecureRandom();
    private final SSLSocketFactory platform;

    Sockets(TlsSettings settings, KeyManager[] identity, PeerTrust trust)
        throws GeneralSecurityException {
      this.settings = settings;
      this.identity = identity;
      this.trust = new TrustManager[] {trust};
      this.platform = fresh();
    }

    private SSLSocketFactory fresh() throws GeneralSecurityException {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity, trust, random);
      return context.getSocketFactory();
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean closesBoth)
        throws IOException {
      String name = HostNames.bare(settings.serverName().orElse(host));
      SSLSocket socket;
      try {
        socket = (SSLSocket) fresh().createSocket(connected, name, port, closesBoth);
      } catch (GeneralSecurityException e) {
        throw new IOException("TLS can't be set up", e);
      }
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(
          switch (settings.minimum()) {
            case TLS_1_2 -> new String[] {"TLSv1.3", "TLSv1.2"};
            case TLS_1_3 -> new String[] {"TLSv1.3"};
          });
      parameters.setServerNames(HostNames.indicated(name));
      socket.setSSLParameters(parameters);
      return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return platform.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return platform.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw unconnected();
    }

    private static IOException unconnected() {
      return new UnknownHostException("connections are made by the connector alone");
    }
  }
}
