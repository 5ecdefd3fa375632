// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Gives each new connection the identity that is in force at that moment. */
final class ReloadingTls extends SslContextFactory.Server {

  private final Supplier<TlsMaterial> material;

  ReloadingTls(Supplier<TlsMaterial> material) {
    this.material = material;
    // Only so that Jetty does not look for a key store.
    setSslContext(material.get().context());
  }

  @Override
  public SSLEngine newSSLEngine() {
    TlsMaterial now = material.get();
    return prepared(now, now.context().createSSLEngine());
  }

  @Override
  public SSLEngine newSSLEngine(String host, int port) {
    TlsMaterial now = material.get();
    return prepared(now, now.context().createSSLEngine(host, port));
  }

  @Override
  public SSLEngine newSSLEngine(InetSocketAddress address) {
    return newSSLEngine();
  }

  private static SSLEngine prepared(TlsMaterial now, SSLEngine engine) {
    engine.setUseClientMode(false);
    engine.setSSLParameters(now.parameters(engine.getSSLParameters()));
    return engine;
  }
}
