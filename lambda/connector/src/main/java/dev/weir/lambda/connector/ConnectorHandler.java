// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.weir.environment.Variables;
import dev.weir.exchange.Response;
import dev.weir.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The function's handler. What a request meets is an answer with a status, never an exception: API
 * Gateway would make a 502 of that, without a word. Lambda makes one for each instance and calls it
 * for one request at a time.
 */
public final class ConnectorHandler implements RequestStreamHandler, Resource {

  private static final int STATUS_REFUSED = 400;
  private static final int STATUS_FAILED = 500;
  private static final int STATUS_LATER = 503;
  private static final String RETRY_AFTER_SECONDS = "5";
  private static final String OWN_FAULT = "a fault of Weir's: ";

  private final Variables variables;
  private @Nullable ConnectorFunction function;

  /** As Lambda makes it, with the time and the CPU that it gives for that: see {@link Priming}. */
  public ConnectorHandler() {
    this(System.getenv());
    Core.getGlobalContext().register(this);
    prime(LambdaRuntime.getLogger());
  }

  ConnectorHandler(Map<String, String> environment) {
    this.variables = new Variables(environment);
  }

  private void prime(LambdaLogger logger) {
    try {
      Priming.run(function(FunctionLog.of(logger, variables)), logger);
    } catch (RuntimeException _) {
      // Most likely a variable is wrong. Each request says so, and is answered.
    }
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    answer(event, answer, context.getLogger());
  }

  void answer(InputStream event, OutputStream answer, LambdaLogger logger) throws IOException {
    GatewayAnswer.write(response(event, logger), answer);
  }

  private Response response(InputStream event, LambdaLogger logger) throws IOException {
    FunctionLog log;
    ConnectorFunction ready;
    try {
      log = FunctionLog.of(logger, variables);
      ready = function(log);
    } catch (IllegalArgumentException e) {
      // An operator can mend the function's variables; until then senders keep their data.
      String problem = String.valueOf(e.getMessage());
      logger.log(problem, LogLevel.ERROR);
      return later(problem);
    } catch (RuntimeException e) {
      logger.log(OWN_FAULT + e, LogLevel.ERROR);
      return later(OWN_FAULT + e);
    }
    Response response = answer(ready, event.readAllBytes());
    if (response.status() >= STATUS_REFUSED && response.body() instanceof Response.Bytes body) {
      log.line(
          response.status() >= STATUS_FAILED ? LogLevel.ERROR : LogLevel.WARN,
          response.status() + " " + oneLine(body.bytes()));
    }
    return response;
  }

  private static String oneLine(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).strip().replaceAll("\\R", " ");
  }

  /** With its body, since a stream that fails halfway is no answer. */
  private static Response answer(ConnectorFunction function, byte[] event) {
    try {
      return GatewayAnswer.gathered(function.answer(GatewayEvent.request(event)));
    } catch (BadEventException | StoreException e) {
      return later(String.valueOf(e.getMessage()));
    } catch (RuntimeException | IOException e) {
      return later(OWN_FAULT + e);
    }
  }

  private static Response later(String problem) {
    return Response.text(STATUS_LATER, problem).with("Retry-After", RETRY_AFTER_SECONDS);
  }

  private synchronized ConnectorFunction function(FunctionLog log) {
    ConnectorFunction made = function;
    if (made == null) {
      made = new ConnectorFunction(LambdaSettings.of(variables), log, InstantSource.system());
      function = made;
    }
    return made;
  }

  /** What is loaded and compiled by now, no start from the snapshot waits for. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    Priming.rehearse(LambdaRuntime.getLogger(), Priming.REHEARSALS_BEFORE_SNAPSHOT);
    close();
  }

  /** Lets go of what is open, which would be dead in a copy; the next request opens it anew. */
  synchronized void close() {
    ConnectorFunction opened = function;
    function = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** Nothing is open in the snapshot; clocks and random numbers are asked anew each time. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // See above.
  }
}
