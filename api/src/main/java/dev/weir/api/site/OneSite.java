// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Conditions;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Problem;
import dev.weir.api.call.QueryParameters;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteProblem;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteReader.Reading;
import dev.weir.monitor.site.PlannedSite;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.SitePlan;
import dev.weir.monitor.site.StoredSite;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One site: shown, put and deleted. Who says on which version a change is meant ({@code If-Match})
 * overwrites nobody; who does not has the last word.
 */
final class OneSite {

  /** Bytes of a definition that comes; what is stored of it has at most 350,000. */
  static final int BODY_BYTES_MAX = 1 << 20;

  /** Definitions that are read at once: anchors of YAML take many times their text in memory. */
  static final int READ_AT_ONCE = 8;

  /** Times that a change is made anew because another was faster. */
  static final int ATTEMPTS_MAX = 8;

  private static final long TURN_WAIT_SECONDS = 10;

  private static final String GONE = "there is no such site";

  private final SiteBook book;
  private final SiteList list;
  private final SiteReader reader;
  private final Semaphore turns = new Semaphore(READ_AT_ONCE, true);

  OneSite(SiteBook book, SiteList list, String region) {
    this.book = book;
    this.list = list;
    this.reader = new SiteReader(region);
  }

  Response show(ApiCall call) {
    call.query();
    Conditions conditions = Conditions.of(call.request().headers());
    Optional<StoredSite> found = key(call).flatMap(book::get);
    if (found.isEmpty()) {
      return Problem.notFound(GONE);
    }
    String tag = Conditions.tag(found.get().version());
    return conditions.isKnown(found.get().version())
        ? Response.empty(304).with("ETag", tag).with("Cache-Control", "no-store")
        : list.one(found.get()).with("ETag", tag);
  }

  Response put(ApiCall call) {
    boolean dryRun = call.query("dryRun").flag("dryRun");
    Conditions conditions = Conditions.of(call.request().headers());
    Optional<SiteProblem> misnamed = misnamed(call);
    if (misnamed.isPresent()) {
      return Problem.problems(List.of(misnamed.get()));
    }
    SiteKey key = key(call).orElseThrow();
    return switch (BodyText.of(call.request(), "definitions", BODY_BYTES_MAX)) {
      case BodyText.Refused(Response answer) -> answer;
      case BodyText.Read(String text) ->
          switch (read(call.caller(), key, text)) {
            case Reading.Refused(var problems) -> Problem.problems(problems);
            case Reading.Sites(var sites) ->
                repeated(() -> put(book.plan(sites.getFirst()), conditions, dryRun));
          };
    };
  }

  Response delete(ApiCall call) {
    call.query();
    Conditions conditions = Conditions.of(call.request().headers());
    Optional<SiteKey> key = key(call);
    return key.isEmpty() ? Problem.notFound(GONE) : repeated(() -> delete(key.get(), conditions));
  }

  private Response put(PlannedSite planned, Conditions conditions, boolean dryRun) {
    Optional<Response> refusal = conditions.refusal(planned.version());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    SitePlan plan = planned.plan();
    long version = planned.version();
    if (dryRun) {
      Response answer = PlanAnswer.of(200, plan, false);
      return version == Conditions.ABSENT ? answer : answer.with("ETag", Conditions.tag(version));
    }
    if (!plan.isEmpty()) {
      version = book.apply(planned);
    }
    return PlanAnswer.of(plan.additions().isEmpty() ? 200 : 201, plan, true)
        .with("ETag", Conditions.tag(version));
  }

  private Response delete(SiteKey key, Conditions conditions) {
    long version = book.version(key);
    Optional<Response> refusal = conditions.refusal(version);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (version == Conditions.ABSENT) {
      return Problem.notFound(GONE);
    }
    SitePlan.Removal removal = new SitePlan.Removal(key, version);
    book.apply(new SitePlan(List.of(), List.of(), List.of(removal), List.of()));
    return Response.empty(204);
  }

  /** Another may have been faster; then conditions are judged anew. */
  static Response repeated(Supplier<Response> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return change.get();
      } catch (StoreException e) {
        if (e.kind() != Kind.CONFLICT) {
          throw e;
        }
        if (attempt == ATTEMPTS_MAX) {
          throw new StoreException(
              Kind.UNAVAILABLE,
              "others changed what is changed here each of %d times; try again".formatted(attempt),
              e);
        }
      }
    }
  }

  private Reading read(Caller caller, SiteKey key, String text) {
    if (!taken()) {
      throw new StoreException(Kind.UNAVAILABLE, "too many sites are being changed; try again");
    }
    try {
      return SitesApi.readerFor(caller, reader).readOne(SitesApi.BODY, text, key);
    } finally {
      turns.release();
    }
  }

  private boolean taken() {
    try {
      return turns.tryAcquire(TURN_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A path that names no site is told as a field of it: a form has both in one place. */
  private static Optional<SiteProblem> misnamed(ApiCall call) {
    String customer = call.path(Operation.CUSTOMER);
    String id = call.path("id");
    try {
      SiteKey.checkCustomer(customer);
    } catch (IllegalArgumentException e) {
      return Optional.of(problem(id, Operation.CUSTOMER, e));
    }
    try {
      SiteKey _ = new SiteKey(customer, id);
    } catch (IllegalArgumentException e) {
      return Optional.of(problem(id, "id", e));
    }
    return Optional.empty();
  }

  private static SiteProblem problem(String id, String field, IllegalArgumentException why) {
    return new SiteProblem(
        SitesApi.BODY, 1, QueryParameters.shown(id), field, String.valueOf(why.getMessage()));
  }

  /** The site that a path names; empty where no site is called so. */
  private static Optional<SiteKey> key(ApiCall call) {
    try {
      return Optional.of(new SiteKey(call.path(Operation.CUSTOMER), call.path("id")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
