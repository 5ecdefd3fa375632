// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the connector and Timestream and does to each call what a plan says. What it
 * passes on is unchanged, so that signatures stay good.
 */
final class FaultProxy implements AutoCloseable {

  private static final long SLOW_MILLIS = 200;
  private static final int REMEMBERED_MAX = 1_000;
  private static final String TARGET = "Timestream_20181101.";

  private final ServerSocket listener;
  private final int upstreamPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> hanging = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<Fault, AtomicInteger> met = new ConcurrentHashMap<>();
  private final List<HttpMessage> requests = new CopyOnWriteArrayList<>();
  private volatile FaultPlan plan = FaultPlan.none();

  private FaultProxy(ServerSocket listener, int upstreamPort) {
    this.listener = listener;
    this.upstreamPort = upstreamPort;
    Callers.serve(listener, this::serve);
  }

  /** Starts on a free port of loopback, without faults. */
  static FaultProxy before(LocalTimestream timestream) {
    try {
      return new FaultProxy(
          new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), timestream.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** From the next call on; its index is 0, and what was counted is forgotten. */
  void follow(FaultPlan next) {
    calls.clear();
    met.clear();
    requests.clear();
    plan = next;
  }

  /** No more faults: what hangs is cut, what was counted stays. */
  void endFaults() {
    plan = FaultPlan.none();
    hanging.forEach(FaultProxy::cut);
  }

  /** Calls of an operation since the plan began. */
  int calls(String operation) {
    AtomicInteger count = calls.get(operation);
    return count == null ? 0 : count.get();
  }

  /** How many calls met which fault. */
  Map<Fault, Integer> met() {
    Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    met.forEach((fault, count) -> counts.put(fault, count.get()));
    return counts;
  }

  /** The first calls since the plan began, as they came. */
  List<HttpMessage> requests() {
    return requests;
  }

  private void serve(Socket client) {
    open.add(client);
    try (client;
        Upstream upstream = new Upstream()) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      Optional<HttpMessage> request = HttpMessage.read(in);
      while (request.isPresent() && answered(request.get(), in, client, upstream)) {
        request = HttpMessage.read(in);
      }
    } catch (IOException e) {
      // One side has gone; so does the other.
    } finally {
      open.remove(client);
    }
  }

  /** Whether the connection goes on. */
  private boolean answered(HttpMessage request, InputStream in, Socket client, Upstream upstream)
      throws IOException {
    String operation = request.header("X-Amz-Target").replace(TARGET, "");
    int index = calls.computeIfAbsent(operation, name -> new AtomicInteger()).getAndIncrement();
    Fault fault = plan.of(operation, index);
    met.computeIfAbsent(fault, one -> new AtomicInteger()).incrementAndGet();
    if (requests.size() < REMEMBERED_MAX) {
      requests.add(request);
    }
    if (fault.answer().isPresent()) {
      fault.answer().get().writeTo(client.getOutputStream());
      return true;
    }
    switch (fault) {
      case HANG -> hang(client, in);
      case HANG_AFTER -> {
        upstream.call(request);
        hang(client, in);
      }
      case CUT_BEFORE -> client.setSoLinger(true, 0);
      case CUT_AFTER -> {
        upstream.call(request);
        client.setSoLinger(true, 0);
      }
      case CUT_IN_ANSWER -> {
        HttpMessage answer = upstream.call(request);
        byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
        new HttpMessage(answer.head(), half).writeTo(client.getOutputStream());
      }
      case CUT_IN_HEAD -> {
        String head = upstream.call(request).head();
        String half = head.substring(0, head.length() / 2);
        new HttpMessage(half, new byte[0]).writeTo(client.getOutputStream());
      }
      case REJECTS_FIRST -> {
        HttpMessage answer = upstream.call(request);
        (answer.status() == 200 ? rejection() : answer).writeTo(client.getOutputStream());
        return true;
      }
      case SLOW -> {
        Patience.pause(SLOW_MILLIS);
        upstream.call(request).writeTo(client.getOutputStream());
        return true;
      }
      default -> {
        upstream.call(request).writeTo(client.getOutputStream());
        return true;
      }
    }
    return false;
  }

  /** Until the client gives up, or the faults end. */
  private void hang(Socket client, InputStream in) throws IOException {
    hanging.add(client);
    try {
      in.read();
    } finally {
      hanging.remove(client);
    }
  }

  private static HttpMessage rejection() {
    return HttpMessage.answer(
        419,
        "application/x-amz-json-1.0",
        """
        {"__type":"com.amazonaws.timestream.v20181101#RejectedRecordsException",\
        "Message":"One or more records have been rejected. See RejectedRecords for details.",\
        "RejectedRecords":[{"RecordIndex":0,"Reason":"The record is not wanted today."}]}\
        """);
  }

  /** The other half of a client's connection. */
  private final class Upstream implements Closeable {

    private Socket socket;
    private InputStream in;

    HttpMessage call(HttpMessage request) throws IOException {
      if (socket == null) {
        socket = new Socket(InetAddress.getLoopbackAddress(), upstreamPort);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
      }
      request.writeTo(socket.getOutputStream());
      return HttpMessage.read(in).orElseThrow(() -> new IOException("closed"));
    }

    @Override
    public void close() throws IOException {
      if (socket != null) {
        socket.close();
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(FaultProxy::cut);
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
