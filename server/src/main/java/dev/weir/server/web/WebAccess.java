// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import dev.weir.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * The web config and the TLS files in force: users, client certificates, the server's identity.
 * Follows its files. What a change can't do: switch TLS or HTTP/2 on or off, or take the last
 * credentials away; that needs a restart. Thread-safe.
 */
public final class WebAccess {

  private final Reloading<State> state;
  private final Passwords passwords = new Passwords(new SecureRandom());

  private WebAccess(Reloading<State> state) {
    this.state = state;
  }

  private record State(WebConfig config, @Nullable TlsMaterial tls) {

    boolean hasCredentials() {
      return !config.users().isEmpty()
          || (tls != null && tls.clientAuth() == ClientAuth.REQUIRE_AND_VERIFY);
    }
  }

  /**
   * Reads the files.
   *
   * @param webConfig in exporter-toolkit form
   * @param tls from flags; not together with TLS in the web config
   * @throws ServerConfigException with one line, when a file is missing, unreadable or wrong
   */
  public static WebAccess load(
      Optional<Path> webConfig, Optional<TlsFiles> tls, InstantSource clock) {
    State[] first = new State[1];
    return new WebAccess(
        new Reloading<>(
            "the web config and certificates",
            files -> {
              State next = read(webConfig, tls, files);
              if (first[0] == null) {
                first[0] = next;
              }
              return keepingTheKind(first[0], next);
            },
            clock));
  }

  /** Whether the file names users. */
  public boolean hasUsers() {
    return !state.now().config().users().isEmpty();
  }

  /**
   * Whether a request must show who sends it: by password, or by a certificate that is verified.
   */
  public boolean hasCredentials() {
    return state.now().hasCredentials();
  }

  /** Whether a client certificate must be shown. */
  public boolean needsCertificate() {
    TlsMaterial tls = state.now().tls();
    return tls != null && tls.clientAuth().required;
  }

  public boolean hasTls() {
    return state.now().tls() != null;
  }

  /** Whether HTTP/2 is offered. */
  public boolean http2() {
    return state.now().config().http2();
  }

  /** Headers that each answer gets. */
  public Map<String, String> headers() {
    return state.now().config().headers();
  }

  /** What Jetty makes TLS connections with; only where there is TLS. */
  public SslContextFactory.Server tls() {
    return new ReloadingTls(this::material);
  }

  /** What became of a request's user and password. */
  public enum UserVerdict {
    /** Right, or none are asked for. */
    RIGHT,
    /** Missing, malformed or wrong. */
    WRONG,
    /** Too many are being checked; come again. */
    BUSY
  }

  /** Judges the request's user and password; always right where the file names no users. */
  public UserVerdict judgeUser(Headers headers) {
    Map<String, String> users = state.now().config().users();
    if (users.isEmpty()) {
      return UserVerdict.RIGHT;
    }
    List<String> given = headers.all("Authorization");
    if (given.size() != 1 || !given.getFirst().regionMatches(true, 0, "Basic ", 0, 6)) {
      return UserVerdict.WRONG;
    }
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(given.getFirst().substring(6).strip());
    } catch (IllegalArgumentException _) {
      return UserVerdict.WRONG;
    }
    int colon = 0;
    while (colon < pair.length && pair[colon] != ':') {
      colon++;
    }
    if (colon == pair.length) {
      return UserVerdict.WRONG;
    }
    String user = new String(pair, 0, colon, StandardCharsets.UTF_8);
    return switch (passwords.verify(
        users, user, Arrays.copyOfRange(pair, colon + 1, pair.length))) {
      case RIGHT -> UserVerdict.RIGHT;
      case WRONG -> UserVerdict.WRONG;
      case BUSY -> UserVerdict.BUSY;
    };
  }

  /** Why the connection's client certificate is not good enough, or nothing. */
  public Optional<String> clientRefusal(@Nullable SSLSession session) {
    TlsMaterial tls = state.now().tls();
    return tls == null ? Optional.empty() : tls.clientRefusal(chain(session));
  }

  /** How often a password had to be computed, for tests and metrics. */
  long passwordsComputed() {
    return passwords.computed();
  }

  private TlsMaterial material() {
    TlsMaterial tls = state.now().tls();
    if (tls == null) {
      throw new IllegalStateException("no TLS");
    }
    return tls;
  }

  private static State read(Optional<Path> webConfig, Optional<TlsFiles> tls, WatchedFiles files) {
    WebConfig config =
        webConfig.map(path -> WebConfigReader.read(path, files.read(path))).orElse(WebConfig.NONE);
    if (tls.isPresent()) {
      if (config.tls().isPresent()) {
        throw new ServerConfigException(
            "TLS is set by --tls-certificate and by tls_server_config of the web config: use one");
      }
      config = config.withTls(TlsSettings.of(tls.get()));
    }
    return new State(
        config, config.tls().map(settings -> TlsMaterial.load(settings, files)).orElse(null));
  }

  private static State keepingTheKind(State first, State next) {
    if ((first.tls() == null) != (next.tls() == null)
        || first.config().http2() != next.config().http2()) {
      throw new ServerConfigException("TLS and HTTP/2 are switched on or off only by a restart");
    }
    if (first.hasCredentials() && !next.hasCredentials()) {
      throw new ServerConfigException("the last credentials are taken away only by a restart");
    }
    return next;
  }

  private static X509Certificate @Nullable [] chain(@Nullable SSLSession session) {
    if (session == null) {
      return null;
    }
    try {
      return (X509Certificate[]) session.getPeerCertificates();
    } catch (SSLPeerUnverifiedException _) {
      return null;
    }
  }
}
