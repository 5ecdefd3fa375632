// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The one address at which functions find all services of AWS: each call goes, unchanged, to the
 * server that stands for its service, is written down, and may be met by a {@link Meddling}.
 */
final class AwsGateway implements AutoCloseable {

  /** As a service answers that is down. */
  static final HttpMessage UNAVAILABLE =
      HttpMessage.answer(
          503,
          "application/x-amz-json-1.0",
          "{\"__type\":\"ServiceUnavailable\",\"message\":\"Please try again later.\"}");

  /** As a service answers that is asked too often. */
  static final HttpMessage THROTTLED =
      HttpMessage.answer(
          429,
          "application/x-amz-json-1.0",
          "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");

  private final ServerSocket listener;
  private final Map<String, Integer> ports;
  private final int otherwise;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
  private volatile Meddling meddling = Meddling.NONE;

  /** What happens to calls on their way. Thread-safe. */
  interface Meddling {

    Meddling NONE = call -> Optional.empty();

    /** What is answered in the service's place, which then never sees the call. */
    Optional<HttpMessage> before(AwsCall call);

    /** The service has done it, and its answer is about to go back. */
    default void after(AwsCall call) {}
  }

  /** What happens to the first call of a kind, before the service has seen it or after. */
  static Meddling once(Predicate<AwsCall> which, boolean afterwards, Runnable act) {
    AtomicBoolean done = new AtomicBoolean();
    return new Meddling() {
      @Override
      public Optional<HttpMessage> before(AwsCall call) {
        if (!afterwards && which.test(call) && done.compareAndSet(false, true)) {
          act.run();
          return Optional.of(UNAVAILABLE);
        }
        return Optional.empty();
      }

      @Override
      public void after(AwsCall call) {
        if (afterwards && which.test(call) && done.compareAndSet(false, true)) {
          act.run();
        }
      }
    };
  }

  /** The first calls of a kind are answered so, and never reach their service. */
  static Meddling first(int calls, Predicate<AwsCall> which, HttpMessage answer) {
    AtomicInteger met = new AtomicInteger();
    return call ->
        which.test(call) && met.getAndIncrement() < calls ? Optional.of(answer) : Optional.empty();
  }

  /**
   * On a free port of loopback.
   *
   * @param ports of services by their names in signatures
   * @param otherwise the port of all others
   */
  AwsGateway(Map<String, Integer> ports, int otherwise) {
    this.ports = Map.copyOf(ports);
    this.otherwise = otherwise;
    try {
      this.listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Callers.serve(listener, this::serve);
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** From the next call on. */
  void meet(Meddling next) {
    meddling = next;
  }

  /** All calls from the beginning, those that were met included. */
  List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  void forgetCalls() {
    calls.clear();
  }

  private void serve(Socket client) {
    open.add(client);
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      Optional<HttpMessage> request = HttpMessage.read(in);
      while (request.isPresent()) {
        answer(AwsCall.of(request.get())).writeTo(client.getOutputStream());
        request = HttpMessage.read(in);
      }
    } catch (IOException e) {
      // One side has gone; so does the other.
    } finally {
      open.remove(client);
    }
  }

  private HttpMessage answer(AwsCall call) throws IOException {
    calls.add(call);
    Meddling now = meddling;
    Optional<HttpMessage> instead = now.before(call);
    if (instead.isPresent()) {
      return instead.get();
    }
    try (Socket upstream =
        new Socket(
            InetAddress.getLoopbackAddress(), ports.getOrDefault(call.service(), otherwise))) {
      upstream.setTcpNoDelay(true);
      call.request().writeTo(upstream.getOutputStream());
      HttpMessage answer =
          HttpMessage.read(new BufferedInputStream(upstream.getInputStream()))
              .orElseThrow(() -> new IOException("closed"));
      now.after(call);
      return answer;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
