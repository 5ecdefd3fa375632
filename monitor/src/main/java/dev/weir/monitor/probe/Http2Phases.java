// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.probe.PhaseClock.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Follows one exchange of OkHttp: which part it is in, since when, until when it may be, and the
 * head as it came. The watch is another thread; all else is the exchange's own.
 */
final class Http2Phases extends EventListener {

  private final PhaseClock clock;
  private final Timeouts timeouts;
  private final long deadlineNanos;
  private final String host;
  private final Map<String, List<String>> headers = new HashMap<>();
  private volatile Deadline deadline;
  private volatile String lateSentence;
  private volatile boolean late;
  private volatile @Nullable Thread watcher;
  private @Nullable Integer status;

  Http2Phases(PhaseClock clock, Timeouts timeouts, long deadlineNanos, String host) {
    this.clock = clock;
    this.timeouts = timeouts;
    this.deadlineNanos = deadlineNanos;
    this.host = host;
    this.deadline = Deadline.of(timeouts.total(), timeouts.total(), deadlineNanos);
    this.lateSentence = sentence("%s did not take the request within %s");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    if (request.body() == null) {
      waits();
    }
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    waits();
  }

  private void waits() {
    clock.begin(Part.WAITING);
    begin(timeouts.waiting(), "%s did not answer within %s");
  }

  /** After the last head, which is none of 1xx. */
  @Override
  public void responseHeadersEnd(Call call, Response response) {
    clock.begin(Part.BODY);
    status = response.code();
    begin(timeouts.body(), "%s did not end the body within %s");
  }

  private void begin(Duration part, String text) {
    deadline = Deadline.of(part, timeouts.total(), deadlineNanos);
    lateSentence = sentence(text);
    LockSupport.unpark(watcher);
  }

  private String sentence(String text) {
    return text.formatted(host, deadline.limitText());
  }

  /** Gives the message its real scheme, and keeps the answer from being acted on. */
  Response passed(Interceptor.Chain chain, String scheme) throws IOException {
    HttpUrl url = chain.request().url();
    Request real =
        chain
            .request()
            .newBuilder()
            .url(url.newBuilder().scheme(scheme).port(url.port()).build())
            .build();
    Response response = chain.proceed(real);
    response
        .headers()
        .forEach(header ->
            headers
                .computeIfAbsent(
                    header.getFirst().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                .add(header.getSecond()));
    return response.newBuilder().removeHeader("Retry-After").build();
  }

  /** Ends the call when its part is late. */
  void watch(Call call, AtomicBoolean over) {
    watcher = Thread.currentThread();
    while (!over.get()) {
      Deadline current = deadline;
      if (current.passed()) {
        late = true;
        call.cancel();
        return;
      }
      LockSupport.parkNanos(current.nanos() - System.nanoTime());
    }
  }

  boolean late() {
    return late;
  }

  String lateSentence() {
    return lateSentence;
  }

  /** Null until a head came. */
  @Nullable Integer status() {
    return status;
  }

  Map<String, List<String>> headers() {
    return headers;
  }
}
