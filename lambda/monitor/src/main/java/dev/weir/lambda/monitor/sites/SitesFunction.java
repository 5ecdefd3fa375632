// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Problem;
import dev.weir.api.site.SitesApi;
import dev.weir.document.Documents;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.sites.GatewayRequest.BadEventException;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Answers events of an HTTP API with the API of sites. Whatever an event meets is an answer: the
 * gateway would make a 500 without a word of an exception. Thread-safe.
 */
public final class SitesFunction {

  private static final Logger LOG = LoggerFactory.getLogger(SitesFunction.class);
  private static final int STATUS_FAILED = 500;

  private final Documents documents;
  private final SiteBook book;
  private final String region;
  private final InstantSource clock;

  /**
   * The sites of these documents.
   *
   * @param region where a site is checked from that names none
   */
  public SitesFunction(Documents documents, String region, InstantSource clock) {
    this.documents = new OperatorsFaults(documents);
    this.book = new SiteBook(this.documents, region);
    this.region = region;
    this.clock = clock;
  }

  /**
   * As the function's variables say.
   *
   * @throws IllegalArgumentException naming the variable that is wrong
   */
  public static SitesFunction of(FunctionParts parts) {
    return new SitesFunction(parts.documents(), parts.settings().homeRegion(), parts.clock());
  }

  /** The answer's JSON to an event's. */
  public byte[] answer(byte[] event) {
    try {
      return answered(event);
    } catch (BadEventException e) {
      FunctionLog.refused(LOG, "event", String.valueOf(e.getMessage()));
      return failed(Kind.UNAVAILABLE, "the function does not understand its gateway; see its log");
    } catch (IOException | RuntimeException e) {
      LOG.error("The call failed: {}", FunctionLog.reason(e));
      return failed(Kind.INTERNAL, "a fault of Weir's; see the function's log");
    }
  }

  /** The answer of a function that can't work as it is set up. */
  public static byte[] notReady() {
    return failed(Kind.UNAVAILABLE, "the function is not set up; its log names the variable");
  }

  private byte[] answered(byte[] event) throws BadEventException, IOException {
    GatewayRequest from = GatewayRequest.of(event);
    try (FunctionLog.Correlation _ = FunctionLog.of(from.id())) {
      Response response = response(from);
      log(from, response.status());
      return GatewayAnswer.of(response).orElseGet(() -> tooLarge(from.request()));
    }
  }

  private Response response(GatewayRequest from) {
    if (from.caller().isEmpty()) {
      return Problem.of(
          Kind.DENIED, "the gateway must ask for a signature: give its route the IAM authorizer");
    }
    String path = from.request().path();
    if (!path.equals(SitesApi.PATH) && !path.startsWith(SitesApi.PATH + "/")) {
      return Problem.notFound("nothing answers at this path");
    }
    // Incidents are read anew for each call, and nothing is read for a call that shows no state.
    IncidentBook incidents = new IncidentBook(documents, Channels.NONE, clock, NoticeListener.NONE);
    SitesApi sites = new SitesApi(book, new OpenIncidentStates(incidents), region, clock);
    return new Api(sites.operations()).handle(from.request(), Caller.operator());
  }

  private static void log(GatewayRequest from, int status) {
    boolean read = from.request().method().equals("GET") || from.request().method().equals("HEAD");
    LOG.atLevel(status >= STATUS_FAILED ? Level.ERROR : Level.INFO)
        .addKeyValue("caller", from.caller())
        .addKeyValue("method", from.request().method())
        .addKeyValue("path", from.request().path())
        .addKeyValue("status", status)
        .log(read ? "Sites were asked for" : "Sites were to be changed");
  }

  /** A change is made by now; the same once more changes nothing, and its answer is short. */
  private static byte[] tooLarge(Request request) {
    boolean made = request.method().equals("PUT") && !request.query().contains("dryRun");
    return given(
        made
            ? Problem.of(
                Kind.UNAVAILABLE, "all is done, but the answer is too large: repeat the call")
            : Problem.tooLarge(
                "the answer has more than %d bytes: ask with a smaller limit, or send fewer sites"
                    .formatted(GatewayAnswer.BYTES_MAX)));
  }

  private static byte[] failed(Kind kind, String detail) {
    return given(Problem.of(kind, detail));
  }

  private static byte[] given(Response problem) {
    try {
      return GatewayAnswer.of(problem).orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException("a problem's body is in memory", e);
    }
  }
}
