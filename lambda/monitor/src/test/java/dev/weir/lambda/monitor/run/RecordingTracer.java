// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the spans that have ended: the name, then each attribute and status as text. */
final class RecordingTracer {

  private final List<List<String>> ended = new CopyOnWriteArrayList<>();

  List<List<String>> ended() {
    return ended;
  }

  Tracer tracer() {
    return name -> builder(name);
  }

  private SpanBuilder builder(String name) {
    return proxy(
        SpanBuilder.class,
        (builder, method, arguments) ->
            method.getName().equals("startSpan") ? span(name) : builder);
  }

  private Span span(String name) {
    List<String> said = new CopyOnWriteArrayList<>(List.of(name));
    return proxy(
        Span.class,
        (span, method, arguments) -> {
          switch (method.getName()) {
            case "end" -> ended.add(said);
            case "setAttribute", "setStatus" -> said.add(Arrays.toString(arguments));
            default -> {
              return method.isDefault()
                  ? InvocationHandler.invokeDefault(span, method, arguments)
                  : null;
            }
          }
          return span;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
