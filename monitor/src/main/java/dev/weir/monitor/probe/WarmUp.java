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
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

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
      return succeeds(prober, "http", null, TlsSettings.SYSTEM)
          && succeeds(prober, "https", identity.server(), trusting);
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean succeeds(
      Prober prober, String scheme, @Nullable SSLContext tls, TlsSettings settings)
      throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket server = new ServerSocket(0, REQUESTS, loopback)) {
      Thread.startVirtualThread(() -> serve(server, tls));
      String port = scheme + "://%s:" + server.getLocalPort() + "/";
      // Only for looking up a name; what a machine makes of this one does not matter.
      prober.attempt(
          get(port.formatted("localhost"), settings),
          Sampling.ONE,
          Expectations.DEFAULT,
          loopback::equals);
      return prober
          .attempt(
              get(port.formatted("127.0.0.1"), settings),
              new Sampling(REQUESTS, Sampling.Connections.COLD),
              Expectations.DEFAULT,
              loopback::equals)
          .up();
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

  private static void serve(ServerSocket server, @Nullable SSLContext tls) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          Socket spoken = tls == null ? socket : handshake(tls, socket)) {
        skipRequest(spoken.getInputStream());
        spoken.getOutputStream().write(ANSWER);
      } catch (IOException closed) {
        // Either the end, or a request that gave up; the next one may come.
      }
    }
  }

  private static SSLSocket handshake(SSLContext tls, Socket socket) throws IOException {
    SSLSocket spoken = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, 0, true);
    spoken.setUseClientMode(false);
    return spoken;
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
