// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.certificate.KeyMaterial;
import dev.weir.certificate.Pem;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.TlsSettings;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one context for each way in which checks want TLS, since reading keys and authorities costs
 * more than a handshake. Thread-safe.
 */
final class TlsContexts {

  /** The contexts that were used last; a site has one at most, and most share theirs. */
  static final int CONTEXTS_MAX = 1_000;

  /** References are read again this often, so that a renewed certificate is taken up. */
  static final Duration REREAD_AFTER = Duration.ofMinutes(1);

  private final Secrets secrets;
  private final InstantSource clock;
  private final Map<TlsSettings, Kept> contexts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TlsSettings, Kept> eldest) {
          return size() > CONTEXTS_MAX;
        }
      };
  private @Nullable X509ExtendedTrustManager system;

  TlsContexts(Secrets secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** What references stood for when they were read. */
  private record Material(
      Optional<String> authority, Optional<String> certificate, Optional<String> key) {
    @Override
    public String toString() {
      return "Material[…]";
    }
  }

  private record Kept(TlsContext context, Material material, Instant read) {}

  /**
   * The context for these settings.
   *
   * @throws IllegalArgumentException in a sentence, where a reference, a certificate or a key can't
   *     be read; nothing of their content is in it
   */
  TlsContext of(TlsSettings settings) {
    Instant now = clock.instant();
    boolean fixed = settings.authority().isEmpty() && settings.certificate().isEmpty();
    synchronized (contexts) {
      Kept kept = contexts.get(settings);
      if (kept != null && (fixed || now.isBefore(kept.read().plus(REREAD_AFTER)))) {
        return kept.context();
      }
    }
    Material material =
        new Material(
            settings.authority().map(secrets::reveal),
            settings.certificate().map(secrets::reveal),
            settings.key().map(secrets::reveal));
    synchronized (contexts) {
      Kept kept = contexts.get(settings);
      TlsContext context =
          kept != null && kept.material().equals(material)
              ? kept.context()
              : make(settings, material);
      contexts.put(settings, new Kept(context, material, now));
      return context;
    }
  }

  private TlsContext make(TlsSettings settings, Material material) {
    try {
      X509ExtendedTrustManager authorities = trust(material);
      return new TlsContext(settings, identity(material), authorities, clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS can't be set up with this certificate or key", e);
    }
  }

  private X509ExtendedTrustManager trust(Material material) throws GeneralSecurityException {
    if (material.authority().isPresent()) {
      return KeyMaterial.trust(Pem.certificates("the authority", material.authority().get()));
    }
    X509ExtendedTrustManager known = system;
    if (known == null) {
      known = KeyMaterial.systemTrust();
      system = known;
    }
    return known;
  }

  private static KeyManager[] identity(Material material) throws GeneralSecurityException {
    if (material.certificate().isEmpty() || material.key().isEmpty()) {
      return new KeyManager[0];
    }
    List<X509Certificate> chain =
        Pem.certificates("the client certificate", material.certificate().get());
    PrivateKey key = Pem.privateKey("the key of the client certificate", material.key().get());
    if (!KeyMaterial.belong(chain.getFirst(), key)) {
      throw new IllegalArgumentException("the key does not belong to the client certificate");
    }
    return KeyMaterial.identity(chain, key);
  }
}
