// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api;

import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.SitePlan;
import dev.weir.monitor.site.StoredSite;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites}: lists, shows, plans, applies and deletes sites. Thread-safe.
 *
 * <p>A text of sites is taken as a whole or not at all; what is wrong with it is answered with
 * line, site, field and reason. A site of a customer outside the caller's scope is not there.
 */
public final class SitesApi {

  /** Where it is; one site is below, as {@code /customer/id}. */
  public static final String PATH = "/api/v1/sites";

  /** Bytes of a text of sites: as many characters as one may have. */
  public static final int BODY_BYTES_MAX = SiteReader.CHARACTERS_MAX;

  /** What problems call the text that came. */
  static final String BODY = "body";

  /** A text that is read takes many times its size in memory, so one is read at a time. */
  private static final long TURN_WAIT_SECONDS = 10;

  private final SiteBook book;
  private final SiteList list;
  private final String region;
  private final Semaphore turn = new Semaphore(1, true);

  /**
   * The sites of a book.
   *
   * @param region where sites are checked from that name none
   */
  public SitesApi(SiteBook book, SiteStates states, String region, InstantSource clock) {
    this.book = book;
    this.list = new SiteList(book, states, clock);
    this.region = region;
  }

  /** Answers one call of a caller who has this scope. */
  public Response handle(Request request, CustomerScope scope) {
    try {
      String path = request.path();
      if (path.equals(PATH) || path.equals(PATH + "/")) {
        return switch (request.method()) {
          case "GET", "HEAD" -> list(request, scope);
          case "PUT" -> put(request, scope);
          default -> ApiErrors.wrongMethod("GET, HEAD, PUT");
        };
      }
      return switch (request.method()) {
        case "GET", "HEAD" -> show(request, scope);
        case "DELETE" -> delete(request, scope);
        default -> ApiErrors.wrongMethod("DELETE, GET, HEAD");
      };
    } catch (StoreException e) {
      return ApiErrors.of(e);
    }
  }

  private Response list(Request request, CustomerScope scope) {
    QueryParameters query =
        QueryParameters.of(
            request.query(), List.of("after", "customer", "definitions", "limit", "state"));
    return list.page(
        new SiteList.Question(
            narrowed(scope, query.text("customer")),
            SiteList.state(query.text("state")),
            query.text("after").map(SitesApi::place).orElse(null),
            query.whole("limit", SiteList.LIMIT_STANDARD, 1, SiteBook.PAGE_MAX),
            query.flag("definitions")));
  }

  private Response show(Request request, CustomerScope scope) {
    QueryParameters.of(request.query(), List.of());
    return found(request.path(), scope)
        .map(list::one)
        .orElseGet(() -> ApiErrors.notFound("there is no such site"));
  }

  private Response delete(Request request, CustomerScope scope) {
    QueryParameters.of(request.query(), List.of());
    Optional<StoredSite> found = found(request.path(), scope);
    if (found.isEmpty()) {
      return ApiErrors.notFound("there is no such site");
    }
    SitePlan.Removal removal =
        new SitePlan.Removal(found.get().site().key(), found.get().version());
    book.apply(new SitePlan(List.of(), List.of(), List.of(removal), List.of()));
    return Response.empty(204);
  }

  private Response put(Request request, CustomerScope scope) {
    QueryParameters query =
        QueryParameters.of(request.query(), List.of("customer", "dryRun", "plan", "prune"));
    boolean dryRun = query.flag("dryRun");
    boolean prune = query.flag("prune");
    String customer = narrowed(scope, query.text("customer"));
    String encoding = request.headers().first("Content-Encoding").orElse("identity");
    if (!encoding.equals("identity")) {
      return ApiErrors.wrongEncoding("sites come as they are, without Content-Encoding");
    }
    String text;
    try {
      byte[] body = request.body().readNBytes(BODY_BYTES_MAX + 1);
      if (body.length > BODY_BYTES_MAX) {
        return ApiErrors.tooLarge(
            "sites have at most %d bytes in one call; send them in parts"
                .formatted(BODY_BYTES_MAX));
      }
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException _) {
      return ApiErrors.badRequest("the text of sites is not UTF-8");
    } catch (IOException _) {
      return ApiErrors.badRequest("the body could not be read");
    }
    // Only now: who sends slowly keeps nobody waiting.
    if (!taken()) {
      return ApiErrors.of(Kind.UNAVAILABLE, "other sites are being applied; try again");
    }
    try {
      SiteReader reader =
          customer == null ? new SiteReader(region) : new SiteReader(region, customer);
      return switch (reader.read(BODY, text)) {
        case SiteReader.Reading.Refused refused -> ApiErrors.problems(refused.problems());
        case SiteReader.Reading.Sites sites ->
            planned(customer, sites.sites(), prune, dryRun, query.text("plan"));
      };
    } finally {
      turn.release();
    }
  }

  private Response planned(
      @Nullable String customer,
      List<Site> sites,
      boolean prune,
      boolean dryRun,
      Optional<String> expected) {
    SitePlan plan = book.plan(customer, sites, prune);
    if (dryRun) {
      return PlanAnswer.of(plan, false);
    }
    if (expected.isPresent() && !expected.get().equals(PlanAnswer.name(plan))) {
      return ApiErrors.of(
          Kind.CONFLICT, "sites have changed since the plan was shown; look at a new one");
    }
    book.apply(plan);
    return PlanAnswer.of(plan, true);
  }

  private boolean taken() {
    try {
      return turn.tryAcquire(TURN_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The site that a path names, where the caller may see it. */
  private Optional<StoredSite> found(String path, CustomerScope scope) {
    String[] names = path.substring(Math.min(path.length(), PATH.length() + 1)).split("/", -1);
    if (names.length != 2) {
      return Optional.empty();
    }
    try {
      SiteKey key = new SiteKey(names[0], names[1]);
      return scope.holds(key.customer()) ? book.get(key) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** One customer, or null for all. */
  private static @Nullable String narrowed(CustomerScope scope, Optional<String> asked) {
    if (asked.isEmpty()) {
      return scope.customer().orElse(null);
    }
    try {
      new SiteKey(asked.get(), "any");
    } catch (IllegalArgumentException e) {
      throw QueryParameters.refusal(String.valueOf(e.getMessage()));
    }
    if (!scope.holds(asked.get())) {
      throw new StoreException(Kind.DENIED, "customer is another than your own");
    }
    return asked.get();
  }

  /** The {@code next} of a page: customer and id. */
  private static String place(String after) {
    if (!after.matches("[A-Za-z0-9._/-]{1,127}")) {
      throw QueryParameters.refusal(
          "after is the next of a page, not '%s'".formatted(QueryParameters.shown(after)));
    }
    return after;
  }
}
