// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Redirects;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The way of a request, gone a few times against this process itself, so that the first real one
 * does not pay for loading classes, the first look-up of a name, reading the system's authorities
 * and seeding random numbers: on a JVM that just started, those are a hundred times what a request
 * takes.
 */
final class WarmUp {

  /** With these the first real request is as fast as the tenth; more of them bring little. */
  private static final int REQUESTS = 8;

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);

  private WarmUp() {}

  /** True where all of it went well; a machine without a loopback address stays cold. */
  static boolean run(Prober prober, Instant now) {
    try {
      SelfSigned identity = SelfSigned.localhost(now);
      TlsSettings trusting =
          new TlsSettings(
              Optional.of("localhost"),
              Optional.of(new Secret(identity.certificatePem())),
              Optional.empty(),
              Optional.empty(),
              TlsSettings.Version.TLS_1_2,
              true);
      SSLContext tls = identity.server();
      TlsSettings none = TlsSettings.SYSTEM;
      Answering first = each -> answer(handshake(tls, each, "http/1.1"));
      Answering second = each -> Http2Answer.give(handshake(tls, each, "h2"));
      return succeeds(prober, "http", none, "HTTP/1.1", WarmUp::answer)
          && succeeds(prober, "https", trusting, "HTTP/1.1", first)
          && succeeds(prober, "https", trusting, "HTTP/2", second);
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean succeeds(
      Prober prober, String scheme, TlsSettings settings, String version, Answering answering)
      throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket server = new ServerSocket(0, REQUESTS, loopback)) {
      Thread.startVirtualThread(() -> serve(server, answering));
      String port = scheme + "://%s:" + server.getLocalPort() + "/";
      // Only for looking up a name; what a machine makes of this one does not matter.
      prober.attempt(
          get(port.formatted("localhost"), settings),
          Sampling.ONE,
          Expectations.DEFAULT,
          loopback::equals);
      Run run =
          prober.attempt(
              get(port.formatted("127.0.0.1"), settings),
              new Sampling(REQUESTS, Sampling.Connections.COLD),
              Expectations.DEFAULT,
              loopback::equals);
      return run.up() && version.equals(run.measurements().getLast().last().version());
    }
  }

  private static Check get(String url, TlsSettings settings) {
    return new Check.Http(
        URI.create(url),
        "GET",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        settings,
        Redirects.TEN,
        AddressFamily.PREFER_IPV4,
        HttpVersion.AUTOMATIC,
        Check.Http.BODY_LIMIT_BYTES,
        Timeouts.of(TIMEOUT));
  }

  private static void serve(ServerSocket server, Answering answering) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        answering.answer(socket);
      } catch (IOException closed) {
        // Either the end, or a request that gave up; the next one may come.
      }
    }
  }

  private static void answer(Socket socket) throws IOException {
    skipRequest(socket.getInputStream());
    socket.getOutputStream().write(ANSWER);
    socket.close(); // TLS says so to the other side, which a socket below it can't.
  }

  private static SSLSocket handshake(SSLContext tls, Socket socket, String protocol)
      throws IOException {
    SSLSocket spoken = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, 0, true);
    spoken.setUseClientMode(false);
    SSLParameters parameters = spoken.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    spoken.setSSLParameters(parameters);
    return spoken;
  }

  /** The server's side of one connection. */
  @FunctionalInterface
  private interface Answering {
    void answer(Socket socket) throws IOException;
  }

  /** Up to its empty line. */
  private static void skipRequest(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 2) {
      int each = in.read();
      if (each < 0) {
        return;
      }
      if (each != '\r') {
        ends = each == '\n' ? ends + 1 : 0;
      }
    }
  }
}
