// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.probe.PhaseClock.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * A connection over which HTTP/2 is spoken, by OkHttp: header compression and flow control are not
 * worth a second implementation. It gets a connection that is there already, encrypted or not, and
 * is held to it: no lookup, no connecting, no redirects, no retries are left to it. Its callbacks
 * give the phases, and failures are told from what the socket saw.
 */
final class Http2Connection implements HttpConnection {

  /** All connections share its threads; none of them shares a pool. */
  private static final OkHttpClient BASE =
      new OkHttpClient.Builder()
          .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .authenticator(Authenticator.NONE)
          .cookieJar(CookieJar.NO_COOKIES)
          .proxy(Proxy.NO_PROXY)
          .connectTimeout(Duration.ZERO)
          .readTimeout(Duration.ZERO)
          .writeTimeout(Duration.ZERO)
          .build();

  private final EstablishedSocket socket;
  private final @Nullable Peer peer;
  private final OkHttpClient client;
  private Phases opening;
  private boolean usable = true;

  Http2Connection(Socket connected, Phases opening, @Nullable Peer peer) {
    this.socket = new EstablishedSocket(connected);
    this.opening = opening;
    this.peer = peer;
    Dns nowhere = _ -> List.of(InetAddress.getLoopbackAddress());
    this.client =
        BASE.newBuilder()
            .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
            .dns(nowhere)
            .socketFactory(new OnlySocket(socket))
            .build();
  }

  @Override
  public HopAnswer exchange(
      HttpRequest request,
      long bodyLimitBytes,
      Timeouts timeouts,
      boolean keepsConnection,
      long deadlineNanos) {
    PhaseClock clock = new PhaseClock(opening);
    opening = Phases.NONE;
    usable = false;
    String host = request.target().hostHeader();
    Http2Phases phases = new Http2Phases(clock, timeouts, deadlineNanos, host);
    Call call =
        client
            .newBuilder()
            .eventListener(phases)
            .addNetworkInterceptor(chain -> phases.passed(chain, request.target().scheme()))
            .build()
            .newCall(message(request));
    clock.begin(Part.SEND);
    AtomicBoolean over = new AtomicBoolean();
    Thread watch = Thread.startVirtualThread(() -> phases.watch(call, over));
    try (Response response = call.execute();
        CountedStream body =
            new CountedStream(response.body().byteStream(), e -> failure(e, phases, host))) {
      Map<String, List<String>> headers = phases.headers();
      byte[] bytes =
          Unpacking.read(body, HttpHead.words(headers, "content-encoding"), bodyLimitBytes);
      boolean bodiless =
          request.method().equals("HEAD") || List.of(204, 304).contains(response.code());
      if (!bodiless) {
        requireLength(headers, body.count());
      }
      Hop hop = hop(request, clock.stop(), phases.status());
      usable = keepsConnection;
      return new HopAnswer(
          hop, null, new Reply.Http(response.code(), headers, body.count(), bytes));
    } catch (IOException | IllegalStateException e) {
      Failure failure = failure(e, phases, host);
      return new HopAnswer(hop(request, clock.stop(), phases.status()), failure, null);
    } finally {
      over.set(true);
      watch.interrupt();
    }
  }

  private Failure failure(Exception cause, Http2Phases phases, String host) {
    Broken ours = Broken.in(cause);
    if (ours != null) {
      return ours.failure();
    }
    if (phases.late() || Thread.currentThread().isInterrupted()) {
      return new Failure(ErrorClass.TIMEOUT, phases.lateSentence());
    }
    if (socket.foreign()) {
      return new Failure(ErrorClass.PROTOCOL, host + " does not speak HTTP/2");
    }
    boolean cut = socket.ended() || cause instanceof StreamResetException;
    if (phases.status() != null) {
      return cut
          ? new Failure(ErrorClass.TRUNCATED_BODY, host + " ended the answer within its body")
          : new Failure(ErrorClass.PROTOCOL, host + " broke the rules of HTTP/2 within the body");
    }
    return cut
        ? new Failure(ErrorClass.RESET, host + " ended the connection before the answer began")
        : new Failure(ErrorClass.PROTOCOL, host + " broke the rules of HTTP/2 before the answer");
  }

  /** The length that is announced is one with the frames that came, by RFC 9113 §8.1.1. */
  private static void requireLength(Map<String, List<String>> headers, long count) throws Broken {
    List<String> lengths = HttpHead.words(headers, "content-length").stream().distinct().toList();
    if (lengths.isEmpty()) {
      return;
    }
    String announced = String.join(", ", lengths);
    if (!announced.matches("[0-9]{1,18}") || Long.parseLong(announced) < count) {
      throw new Broken(
          ErrorClass.PROTOCOL,
          "the answer announces '%s' bytes of body and has %d"
              .formatted(Excerpt.of(announced), count));
    }
    if (Long.parseLong(announced) > count) {
      throw new Broken(
          ErrorClass.TRUNCATED_BODY,
          "the answer ended after %d of %s bytes of the body".formatted(count, announced));
    }
  }

  /** Named with http, since OkHttp would encrypt https once more; put right before it is sent. */
  private static Request message(HttpRequest request) {
    HttpTarget target = request.target();
    String name = target.host().indexOf(':') >= 0 ? "[" + target.host() + "]" : target.host();
    Request.Builder message =
        new Request.Builder().url("http://" + name + ":" + target.port() + target.path());
    TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", target.hostHeader());
    headers.putAll(request.headers());
    headers.forEach((header, value) -> message.addHeader(header.toLowerCase(Locale.ROOT), value));
    byte[] body = request.body();
    boolean needsBody = List.of("POST", "PUT", "PATCH").contains(request.method());
    RequestBody sent =
        body == null
            ? (needsBody ? RequestBody.create(new byte[0]) : null)
            : RequestBody.create(body);
    return message.method(request.method(), sent).build();
  }

  private Hop hop(HttpRequest request, Phases phases, @Nullable Integer status) {
    return new Hop(
        request.target().toString(), phases, peer, status, status == null ? null : "HTTP/2");
  }

  @Override
  public boolean usable() {
    return usable && !socket.ended();
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
    Connector.close(socket);
  }

  /** Counts the body as it was sent, and tells its faults from those of what it is packed in. */
  private static final class CountedStream extends InputStream {

    private final InputStream body;
    private final Function<IOException, Failure> judged;
    private long count;

    CountedStream(InputStream body, Function<IOException, Failure> judged) {
      this.body = body;
      this.judged = judged;
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        int read = body.read(into, offset, length);
        count += Math.max(0, read);
        return read;
      } catch (IOException e) {
        throw new Broken(judged.apply(e));
      }
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
