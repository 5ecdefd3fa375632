// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A port of loopback that speaks TLS. */
final class TlsListener {

  /** Of files that are made for one run; keytool asks for one. */
  private static final char[] PASSWORD = "changeit".toCharArray();

  private TlsListener() {}

  static ServerSocket open(Path identity, int backlog) throws IOException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(KeyStore.getInstance(identity.toFile(), PASSWORD), PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context
          .getServerSocketFactory()
          .createServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    } catch (GeneralSecurityException e) {
      throw new IOException("the identity " + identity + " can't be used", e);
    }
  }
}
