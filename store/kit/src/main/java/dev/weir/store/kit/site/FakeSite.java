// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A site that does what it is told, byte by byte: it reads requests and plays an {@link Act} for
 * each, on loopback and a port of its own, plain or encrypted. What the act leaves open is closed
 * after it. Thread-safe.
 */
public final class FakeSite implements AutoCloseable {

  private final ServerSocket server;
  private final Act act;
  private final @Nullable SSLContext tls;
  private final List<Visit> visits = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What the site does with one request. */
  @FunctionalInterface
  public interface Act {
    void play(Visit visit) throws Exception;
  }

  private FakeSite(InetAddress address, Act act, @Nullable SSLContext tls) throws IOException {
    this.act = act;
    this.tls = tls;
    this.server = new ServerSocket();
    server.bind(new InetSocketAddress(address, 0), 1_024);
    Thread.ofVirtual().name("fake-site").start(this::accept);
  }

  /** Without TLS, on 127.0.0.1. */
  public static FakeSite of(Act act) throws IOException {
    return new FakeSite(InetAddress.ofLiteral("127.0.0.1"), act, null);
  }

  /** On another address of this machine. */
  public static FakeSite at(String address, Act act) throws IOException {
    return new FakeSite(InetAddress.ofLiteral(address), act, null);
  }

  /** With TLS, on 127.0.0.1. */
  public static FakeSite encrypted(SSLContext tls, Act act) throws IOException {
    return new FakeSite(InetAddress.ofLiteral("127.0.0.1"), act, tls);
  }

  /** Answers everything with this text: head, empty line, body. */
  public static FakeSite answering(String answer) throws IOException {
    return of(visit -> visit.send(answer));
  }

  public int port() {
    return server.getLocalPort();
  }

  /** An address with this path. */
  public String url(String path) {
    return (tls == null ? "http" : "https") + "://127.0.0.1:" + port() + path;
  }

  /** The requests that came, in order. */
  public List<Visit> visits() {
    return visits;
  }

  /** Connections that were made. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      Socket spoken = tls == null ? socket : handshake(tls, socket);
      boolean kept = true;
      while (kept) {
        Visit visit = new Visit(socket, spoken);
        if (!visit.read()) {
          return;
        }
        visits.add(visit);
        act.play(visit);
        kept = visit.kept;
      }
      spoken.close();
    } catch (Exception gone) {
      // The visitor went away in the middle of the act, as it often should.
    } finally {
      open.remove(socket);
    }
  }

  private static SSLSocket handshake(SSLContext tls, Socket socket) throws IOException {
    SSLSocketFactory factory = tls.getSocketFactory();
    SSLSocket spoken = (SSLSocket) factory.createSocket(socket, null, socket.getPort(), true);
    spoken.setUseClientMode(false);
    spoken.startHandshake();
    return spoken;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One request, and the means to answer it. */
  public static final class Visit {

    private final Socket socket;
    private final Socket spoken;
    private final Map<String, String> headers = new HashMap<>();
    private String requestLine = "";
    private byte[] body = new byte[0];
    private boolean kept;

    private Visit(Socket socket, Socket spoken) {
      this.socket = socket;
      this.spoken = spoken;
    }

    private boolean read() throws IOException {
      InputStream in = spoken.getInputStream();
      requestLine = line(in);
      if (requestLine.isEmpty()) {
        return false;
      }
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
      return true;
    }

    private static String line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
        line.write(each);
      }
      return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Such as {@code GET / HTTP/1.1}. */
    public String requestLine() {
      return requestLine;
    }

    /** Between the method and the version. */
    public String path() {
      return requestLine.split(" ", -1)[1];
    }

    /** By lower-case name. */
    public Map<String, String> headers() {
      return headers;
    }

    public byte[] body() {
      return body;
    }

    /** Characters as bytes, so that any byte can be written. */
    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      OutputStream out = spoken.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    /** A whole answer with this body and its length. */
    public void answer(String head, byte[] content) throws IOException {
      send(head + "\r\nContent-Length: " + content.length + "\r\n\r\n");
      send(content);
    }

    /** Leaves the connection open for another request. */
    public void keep() {
      kept = true;
    }

    /** Cuts the connection, so that the visitor sees a reset once it has read what was sent. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Says nothing more until the visitor goes away. */
    public void awaitClosed() throws IOException {
      InputStream in = spoken.getInputStream();
      while (in.read() >= 0) {
        // Whatever it still says.
      }
    }

    /** The same bytes again and again, with pauses, until the visitor goes away. */
    public void trickle(String text, long pauseMillis) throws Exception {
      while (true) {
        send(text);
        Thread.sleep(pauseMillis);
      }
    }
  }
}
