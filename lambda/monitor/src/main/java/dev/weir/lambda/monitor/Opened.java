// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.parts.FunctionParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * A function, opened before its first event and kept. In a snapshot of SnapStart nothing is open
 * that would be dead in its copies, and no random number is drawn that would be the same in all of
 * them; but what the function needs is loaded and compiled. A variable that is wrong is told with
 * each event, and leaves nothing open. Thread-safe.
 *
 * @param <T> what answers events
 */
final class Opened<T> implements Resource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

  /** What the function is made of is closed with it. */
  private record Ready<T>(T function, FunctionParts parts) {}

  private final Map<String, String> environment;
  private final Supplier<SdkHttpClient> http;
  private final Function<FunctionParts, T> opening;
  private final Runnable rehearsal;
  private @Nullable Ready<T> ready;

  /**
   * A function over the JDK's HTTP client, which starts sooner than any other.
   *
   * @param opening makes the function; throws {@link IllegalArgumentException} naming a variable
   *     that is missing or wrong
   * @param rehearsal does before a snapshot what would make the first event slow; may fail
   */
  Opened(Map<String, String> environment, Function<FunctionParts, T> opening, Runnable rehearsal) {
    this(environment, UrlConnectionHttpClient::create, opening, rehearsal);
  }

  Opened(
      Map<String, String> environment,
      Supplier<SdkHttpClient> http,
      Function<FunctionParts, T> opening,
      Runnable rehearsal) {
    this.environment = Map.copyOf(environment);
    this.http = http;
    this.opening = opening;
    this.rehearsal = rehearsal;
  }

  /** Begins as a handler does that Lambda makes: where there is no snapshot, a start ends open. */
  void begin() {
    Core.getGlobalContext().register(this);
    try {
      ready();
    } catch (RuntimeException _) {
      // Each event says so, in the log that its lines are in.
    }
  }

  /** Answers one text with another. */
  interface Answering<T> {
    String answer(T function, String event, Duration remaining);
  }

  /** Answers an event, JSON with JSON, as {@link #during} does the work of an invocation. */
  void answer(InputStream event, OutputStream answer, Context context, Answering<T> answering)
      throws IOException {
    String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    String answered =
        during(
            context,
            function ->
                answering.answer(
                    function, text, Duration.ofMillis(context.getRemainingTimeInMillis())));
    answer.write(answered.getBytes(StandardCharsets.UTF_8));
  }

  /** Does the work of an invocation, with its lines and its counts. */
  <R> R during(Context context, Function<T, R> work) {
    return FunctionLog.during(context, () -> use(work));
  }

  /**
   * Does work, and writes what it counted, also where it fails.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  <R> R use(Function<T, R> work) {
    Ready<T> opened = ready();
    try {
      return work.apply(opened.function());
    } finally {
      opened.parts().flush();
    }
  }

  private synchronized Ready<T> ready() {
    Ready<T> made = ready;
    if (made == null) {
      made = open();
      ready = made;
    }
    return made;
  }

  private Ready<T> open() {
    FunctionParts parts = new FunctionParts(environment, http.get(), InstantSource.system());
    try {
      return new Ready<>(opening.apply(parts), parts);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    try {
      rehearsal.run();
      ready();
    } catch (RuntimeException e) {
      // Most likely a variable is wrong. Each event says so.
      LOG.warn("Nothing is ready before the first event: {}", FunctionLog.reason(e));
    }
    close();
  }

  /** The first event opens all anew. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // See above.
  }

  @Override
  public synchronized void close() {
    Ready<T> opened = ready;
    ready = null;
    if (opened != null) {
      opened.parts().close();
    }
  }
}
