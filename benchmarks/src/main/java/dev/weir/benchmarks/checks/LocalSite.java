// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * A site on loopback, in a process of its own: one request a connection, 1 KiB of body. For {@code
 * /MICROS} it holds the answer back for so long, and says in a header how long that really was.
 * Prints its two ports, and ends when its standard input does.
 */
final class LocalSite {

  /** Says how long the answer was held back, from the request's last byte on. */
  static final String HELD = "x-held-nanos";

  private static final long SPUN_NANOS = 200_000;
  private static final String BODY = "x".repeat(1_024);
  private static final int BACKLOG = 4_096;

  private LocalSite() {}

  /** The key store of its certificate. */
  public static void main(String... arguments) throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    ServerSocket plain = new ServerSocket(0, BACKLOG, loopback);
    ServerSocket encrypted = tls(Path.of(arguments[0])).createServerSocket(0, BACKLOG, loopback);
    Thread.ofPlatform().daemon().start(() -> accept(plain));
    Thread.ofPlatform().daemon().start(() -> accept(encrypted));
    System.out.println(plain.getLocalPort() + " " + encrypted.getLocalPort());
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static SSLServerSocketFactory tls(Path keys)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(keys.toFile())) {
      store.load(in, SiteProcess.PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, SiteProcess.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  private static void accept(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> answer(socket));
      } catch (IOException e) {
        throw new IllegalStateException("the site can't take connections", e);
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      byte[] request = new byte[8_192];
      int size = 0;
      InputStream in = socket.getInputStream();
      while (!ends(request, size)) {
        int count = in.read(request, size, request.length - size);
        if (count <= 0) {
          return;
        }
        size += count;
      }
      long begin = System.nanoTime();
      long micros = micros(new String(request, 0, size, StandardCharsets.ISO_8859_1));
      hold(begin, micros * 1_000);
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
              + "Content-Length: %d\r\n%s: %d\r\n\r\n"
                  .formatted(BODY.length(), HELD, System.nanoTime() - begin);
      socket.getOutputStream().write((head + BODY).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      // Checks end as they like.
    }
  }

  private static boolean ends(byte[] request, int size) {
    return size >= 4
        && request[size - 4] == '\r'
        && request[size - 3] == '\n'
        && request[size - 2] == '\r'
        && request[size - 1] == '\n';
  }

  private static long micros(String request) {
    String path = request.substring(request.indexOf('/') + 1, request.indexOf(" HTTP/"));
    return path.isEmpty() ? 0 : Long.parseLong(path);
  }

  private static void hold(long begin, long nanos) {
    while (true) {
      long left = nanos - (System.nanoTime() - begin);
      if (left <= 0) {
        return;
      }
      if (left > SPUN_NANOS) {
        LockSupport.parkNanos(left - SPUN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
