// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.address.AddressText;
import dev.weir.store.timestream.call.Proxies;
import dev.weir.store.timestream.cause.Cause;
import dev.weir.store.timestream.cause.NetworkCauses;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The way to one endpoint: its name, a connection, TLS. Used by one thread. */
final class EndpointPath {

  /** A certificate that ends sooner is worth a word. */
  static final Duration VALIDITY_MIN = Duration.ofDays(7);

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final String prefix;
  private final URI endpoint;
  private final String host;
  private final Surroundings surroundings;
  private final Steps steps;
  private volatile List<InetAddress> addresses = List.of();
  private volatile boolean isPublic;

  /**
   * A way that nobody has gone yet.
   *
   * @param prefix what the names of its checks begin with, such as {@code write}
   */
  EndpointPath(String prefix, URI endpoint, Surroundings surroundings, Steps steps) {
    this.prefix = prefix;
    this.endpoint = endpoint;
    this.host = unbracketed(EndpointNames.host(endpoint));
    this.surroundings = surroundings;
    this.steps = steps;
  }

  /** Goes it. Returns whether a call can be made at its end. */
  boolean go(Consumer<Finding> findings) {
    if (Proxies.serve(endpoint, surroundings.environment())) {
      String why = "calls go through the proxy that HTTPS_PROXY or HTTP_PROXY names";
      List.of(" name", " connection", " tls")
          .forEach(step -> findings.accept(Finding.skipped(prefix + step, why)));
      return true;
    }
    Finding name = steps.check(prefix + " name", this::resolve);
    findings.accept(name);
    if (!name.isUsable()) {
      findings.accept(Finding.skipped(prefix + " connection", "needs the address"));
      findings.accept(Finding.skipped(prefix + " tls", "needs the address"));
      return false;
    }
    Finding connection = steps.check(prefix + " connection", this::connect);
    findings.accept(connection);
    if (!connection.isUsable()) {
      findings.accept(Finding.skipped(prefix + " tls", "needs the connection"));
      return false;
    }
    if (!endpoint.getScheme().equals("https")) {
      findings.accept(Finding.skipped(prefix + " tls", "the endpoint is plain HTTP"));
      return true;
    }
    Finding tls = steps.check(prefix + " tls", this::shakeHands);
    findings.accept(tls);
    return tls.isUsable();
  }

  private Finding resolve() {
    try {
      List<InetAddress> found = surroundings.names().addresses(host);
      addresses = found;
      isPublic = found.stream().noneMatch(EndpointPath::isPrivate);
      String list = found.stream().map(AddressText::of).collect(Collectors.joining(", "));
      String kind =
          found.stream().allMatch(InetAddress::isLoopbackAddress)
              ? "this machine"
              : isPublic ? "public" : "private";
      return Finding.of(prefix + " name", State.OK, "%s is %s (%s)".formatted(host, list, kind));
    } catch (UnknownHostException e) {
      return Finding.of(prefix + " name", State.FAIL, NetworkCauses.of(e, endpoint));
    }
  }

  private Finding connect() {
    List<String> failed = new ArrayList<>();
    IOException last = new IOException("no address");
    Duration each = steps.stepMax().dividedBy(addresses.size()).minusMillis(50);
    for (InetAddress address : addresses) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port()), (int) each.toMillis());
        String accepted = AddressText.of(address, port()) + " accepts";
        addresses = List.of(address);
        return failed.isEmpty()
            ? Finding.of(prefix + " connection", State.OK, accepted)
            : Finding.of(
                prefix + " connection",
                State.WARN,
                new Cause(
                    accepted + ", but not " + String.join(", ", failed),
                    "see the network interfaces of the endpoint and their security groups"));
      } catch (IOException e) {
        failed.add(AddressText.of(address));
        last = e;
      }
    }
    Cause cause = NetworkCauses.of(last, endpoint);
    String where =
        isPublic && EndpointNames.isAmazon(host)
            ? "%s, by its public address".formatted(cause.what())
            : cause.what();
    return Finding.of(prefix + " connection", State.FAIL, new Cause(where, cause.remedy()));
  }

  private Finding shakeHands() {
    CapturedTrust trust = null;
    try {
      trust = new CapturedTrust(judge());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      try (Socket plain = new Socket()) {
        plain.connect(
            new InetSocketAddress(addresses.getFirst(), port()), (int) steps.stepMax().toMillis());
        plain.setSoTimeout((int) steps.stepMax().toMillis());
        try (SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, host, port(), true)) {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          socket.setSSLParameters(parameters);
          socket.startHandshake();
          return agreed(socket.getSession().getProtocol(), trust);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      Cause cause = NetworkCauses.of(e, endpoint);
      X509Certificate shown = trust == null ? null : trust.shown();
      String what =
          shown == null
              ? cause.what()
              : "%s (%s)".formatted(cause.what(), CertificateText.of(shown));
      return Finding.of(prefix + " tls", State.FAIL, new Cause(what, cause.remedy()));
    }
  }

  private Finding agreed(String protocol, CapturedTrust trust) {
    X509Certificate shown = trust.shown();
    if (shown == null) {
      return Finding.of(prefix + " tls", State.OK, protocol);
    }
    String message = "%s, %s".formatted(protocol, CertificateText.of(shown));
    Duration left =
        Duration.between(surroundings.clock().instant(), shown.getNotAfter().toInstant());
    return left.compareTo(VALIDITY_MIN) < 0
        ? Finding.of(
            prefix + " tls",
            State.WARN,
            new Cause(message, "the certificate ends soon: see that it is renewed"))
        : Finding.of(prefix + " tls", State.OK, message);
  }

  private X509TrustManager judge() throws GeneralSecurityException {
    return surroundings.trust().isPresent() ? surroundings.trust().get() : CapturedTrust.system();
  }

  private int port() {
    if (endpoint.getPort() != -1) {
      return endpoint.getPort();
    }
    return endpoint.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
  }

  /** RFC 1918, RFC 4193 and what never leaves the machine or its link. */
  private static boolean isPrivate(InetAddress address) {
    return address.isSiteLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
