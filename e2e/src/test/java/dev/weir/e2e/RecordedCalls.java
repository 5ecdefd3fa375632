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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * Stands before a Weir that stands for Timestream, with Amazon's names in its certificate, and
 * writes down every call on its way.
 */
final class RecordedCalls implements AutoCloseable {

  private static final String TARGET = "Timestream_20181101.";

  private final ServerSocket listener;
  private final LocalTimestream timestream;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean laterPagesThrottled;

  /**
   * One call.
   *
   * @param host that it was sent to
   * @param body as it was sent
   */
  record Call(String operation, String host, String body) {}

  private RecordedCalls(ServerSocket listener, LocalTimestream timestream) {
    this.listener = listener;
    this.timestream = timestream;
    Callers.serve(listener, this::serve);
  }

  static RecordedCalls before(LocalTimestream timestream, SSLContext certificate) {
    try {
      return new RecordedCalls(
          certificate
              .getServerSocketFactory()
              .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
          timestream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What has come since the last time this was asked. */
  List<Call> taken() {
    List<Call> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  /** Whether every page of a query behind its first is throttled. */
  void throttleLaterPages(boolean throttled) {
    laterPagesThrottled = throttled;
  }

  private void serve(Socket client) {
    open.add(client);
    try (client;
        Socket weir = new Socket(InetAddress.getLoopbackAddress(), timestream.port())) {
      InputStream requests = new BufferedInputStream(client.getInputStream());
      InputStream answers = new BufferedInputStream(weir.getInputStream());
      Optional<HttpMessage> request = HttpMessage.read(requests);
      while (request.isPresent()) {
        Call call = record(request.get());
        answer(call, request.get(), weir, answers).writeTo(client.getOutputStream());
        request = HttpMessage.read(requests);
      }
    } catch (IOException e) {
      // One side has gone; so does the other.
    } finally {
      open.remove(client);
    }
  }

  private Call record(HttpMessage request) {
    Call call =
        new Call(
            request.header("X-Amz-Target").replace(TARGET, ""),
            request.header("Host"),
            request.text());
    // What opens a connection ahead of time asks for nothing, unsigned: it needs no right.
    if (!call.operation().isEmpty()) {
      calls.add(call);
    }
    return call;
  }

  private HttpMessage answer(Call call, HttpMessage request, Socket weir, InputStream answers)
      throws IOException {
    if (laterPagesThrottled && call.body().contains("\"NextToken\"")) {
      return HttpMessage.answer(
          429,
          "application/x-amz-json-1.0",
          "{\"__type\":\"ThrottlingException\",\"Message\":\"Rate exceeded\"}");
    }
    request.writeTo(weir.getOutputStream());
    HttpMessage answer =
        HttpMessage.read(answers).orElseThrow(() -> new IOException("Weir has closed"));
    // Weir, asked without TLS, says so in the address; who asked here came with TLS.
    return call.operation().equals("DescribeEndpoints")
        ? HttpMessage.answer(
            answer.status(), answer.header("Content-Type"), answer.text().replace("http://", ""))
        : answer;
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
