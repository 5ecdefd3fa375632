// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.site.ClosedPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateNotYetValidException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class NetworkFailuresTest {

  private static final char[] PASSWORD = "not-a-secret".toCharArray();
  private static final byte[] BODY = {'{', '}'};

  private static KeyStore expired;

  @Test
  void aNameThatNobodyKnows() {
    StoreException failure = call(URI.create("https://ingest-cell1.timestream.weir.invalid"));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("the name ingest-cell1.timestream.weir.invalid can't be resolved")
        .hasMessageContaining("private DNS");
  }

  @Test
  void aPortWhereNobodyListens() throws IOException {
    try (ClosedPort closed = new ClosedPort()) {
      String authority = "127.0.0.1:" + closed.number();

      StoreException failure = call(URI.create("http://" + authority));

      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining(authority + " refuses connections");
    }
  }

  @Test
  void aPeerThatDoesNotSpeakTls() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerPlainly(plain));
      String authority = "127.0.0.1:" + plain.getLocalPort();

      StoreException failure = call(URI.create("https://" + authority));

      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("TLS with " + authority + " fails");
    }
  }

  private static void answerPlainly(ServerSocket plain) {
    try (Socket peer = plain.accept()) {
      peer.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      peer.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCertificateThatNobodyTrusts() throws Exception {
    try (TlsServer server = new TlsServer(expired)) {
      StoreException failure = call(URI.create("https://127.0.0.1:" + server.port()));

      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("comes from nobody that this Java trusts");
    }
  }

  @Test
  void aCertificateThatHasExpired() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", expired.getCertificate("authority"));
    trust.init(trusted);
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);

    try (TlsServer server = new TlsServer(expired);
        SSLSocket socket =
            (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      SSLHandshakeException failure =
          catchThrowableOfType(SSLHandshakeException.class, socket::startHandshake);

      assertThat(NetworkFailures.of(failure, URI.create("https://127.0.0.1:" + server.port())))
          .hasMessageContaining("has expired; renew it, or set this machine's clock");
    }
  }

  @Test
  void aCertificateOfTomorrow() {
    SSLHandshakeException failure = new SSLHandshakeException("PKIX path validation failed");
    failure.initCause(new CertificateNotYetValidException("NotBefore: tomorrow"));

    assertThat(NetworkFailures.of(failure, URI.create("https://ingest.example")))
        .hasMessageContaining("is not valid yet; check this machine's clock");
  }

  @Test
  void aPeerThatAcceptsNothing() {
    StoreException failure =
        NetworkFailures.of(
            new ConnectTimeoutException("x"), URI.create("https://ingest.example:443"));

    assertThat(failure)
        .hasMessageStartingWith("no connection to ingest.example:443 in time; check route, ");
  }

  @Test
  void whateverElseBreaks() {
    StoreException failure =
        NetworkFailures.of(new SocketException("Connection reset"), URI.create("http://a:1"));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageStartingWith("the connection to a:1 broke: Connection reset");
  }

  private static StoreException call(URI endpoint) {
    InstantSource clock = InstantSource.system();
    try (Connections connections =
        Connections.open(1, clock, new Random(1), UpstreamListener.NONE, Map.of())) {
      Upstream upstream =
          connections.once(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")),
              new Destination(
                  Optional.of("eu-west-1"), Optional.of(endpoint), Optional.of(endpoint), "weir"));
      return catchThrowableOfType(
          StoreException.class,
          () -> upstream.call(Operation.QUERY, BODY, clock.instant().plusSeconds(60)));
    }
  }

  /** An authority, and a key that it signed for the days before last week. */
  @BeforeAll
  static void makeKeys(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    keytool(file, "authority", "-ext", "bc:c");
    keytool(
        file,
        "127.0.0.1",
        "-signer",
        "authority",
        "-ext",
        "san=ip:127.0.0.1",
        "-startdate",
        "-10d",
        "-validity",
        "3");
    expired = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      expired.load(in, PASSWORD);
    }
    // Without the authority's key a server has one to choose.
    Certificate authority = expired.getCertificate("authority");
    expired.deleteEntry("authority");
    expired.setCertificateEntry("authority", authority);
  }

  private static void keytool(Path file, String name, String... options) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> words =
        new ArrayList<>(
            List.of(tool, "-genkeypair", "-keyalg", "EC", "-keystore", file.toString()));
    words.addAll(
        List.of("-storepass", new String(PASSWORD), "-alias", name, "-dname", "CN=" + name));
    words.addAll(List.of(options));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private static final class TlsServer implements AutoCloseable {

    private final HttpsServer server;

    TlsServer(KeyStore keys) throws GeneralSecurityException, IOException {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
