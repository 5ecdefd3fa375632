// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer, between Jetty's types and ours. For one thread. */
final class Call {

  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  /** How long an answered sender may go on sending, so that it gets to read the answer. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long LINGER_BYTES = 64 << 20;

  private final String id;
  private final org.eclipse.jetty.server.Request in;
  private final org.eclipse.jetty.server.Response out;
  private final Callback callback;
  private final BodyStream body;
  private final Headers headers;
  private final Map<String, String> extraHeaders;
  private final boolean head;
  private final Map<String, String> doorHeaders = new TreeMap<>();
  private String idHeader = "X-Request-Id";
  private int status;
  private long sentBytes;

  Call(
      String id,
      org.eclipse.jetty.server.Request in,
      org.eclipse.jetty.server.Response out,
      Callback callback,
      BodyStream body,
      Map<String, String> extraHeaders) {
    this.id = id;
    this.in = in;
    this.out = out;
    this.callback = callback;
    this.body = body;
    this.extraHeaders = extraHeaders;
    this.headers = headers(in.getHeaders(), in.getHttpURI().getAuthority());
    this.head = "HEAD".equals(in.getMethod());
  }

  String id() {
    return id;
  }

  /** Names the header in which the answer carries the request's id. */
  void idHeader(String name) {
    idHeader = name;
  }

  /** Adds a header to the answer, whatever it is; those of the web config go over it. */
  void header(String name, String value) {
    doorHeaders.put(name, value);
  }

  Headers headers() {
    return headers;
  }

  /** As it went out; 0 where nothing did. */
  int status() {
    return status;
  }

  long sentBytes() {
    return sentBytes;
  }

  BodyStream body() {
    return body;
  }

  /** What a handler sees. */
  Request request(String path, long declaredBytes) {
    String query = in.getHttpURI().getQuery();
    return new Request(
        in.getMethod(),
        path,
        query == null ? "" : query,
        headers,
        declaredBytes,
        body,
        org.eclipse.jetty.server.Request.getRemoteAddr(in));
  }

  /** Sends an answer and ends the request; {@code close} also ends the connection. */
  void answer(Response response, boolean close) {
    status = response.status();
    out.setStatus(status);
    HttpFields.Mutable fields = out.getHeaders();
    response.headers().forEach(fields::add);
    doorHeaders.forEach(fields::put);
    extraHeaders.forEach(fields::put);
    fields.put("X-Content-Type-Options", "nosniff");
    fields.put(idHeader, id);
    if (close) {
      fields.put(HttpHeader.CONNECTION, "close");
    }
    switch (response.body()) {
      case Response.Bytes(byte[] bytes) -> sendBytes(bytes);
      case Response.Streamed streamed -> sendStreamed(streamed);
    }
  }

  private void sendBytes(byte[] bytes) {
    if (status != 204 && status != 304) {
      out.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    }
    try {
      Content.Sink.write(out, true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes));
      sentBytes = head ? 0 : bytes.length;
      end();
    } catch (IOException e) {
      cut(e);
    }
  }

  private void sendStreamed(Response.Streamed streamed) {
    StreamedBody stream = new StreamedBody(out);
    try {
      if (!head) {
        streamed.writeTo(stream);
      }
      stream.finish();
      sentBytes = stream.sentBytes();
      end();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      sentBytes = stream.sentBytes();
      if (!stream.receiverGone()) {
        LOG.atError().addKeyValue("request", id).setCause(e).log("an answer broke off");
      }
      cut(e);
    }
  }

  private void end() {
    if (!body.ended()) {
      body.skipRest(LINGER_BYTES, LINGER_NANOS);
    }
    callback.succeeded();
  }

  /** Ends the connection without ending the body, so that the receiver knows. */
  private void cut(Throwable cause) {
    callback.failed(new EofException(cause));
  }

  /** HTTP/2 has its authority instead of a Host; handlers see a Host either way. */
  private static Headers headers(HttpFields fields, @Nullable String authority) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : fields) {
      String value = field.getValue();
      all.computeIfAbsent(field.getName(), _ -> new ArrayList<>(1)).add(value == null ? "" : value);
    }
    if (authority != null && !authority.isEmpty()) {
      all.computeIfAbsent("Host", _ -> List.of(authority));
    }
    return Headers.of(all);
  }
}
