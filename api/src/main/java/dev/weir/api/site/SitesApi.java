// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Problem;
import dev.weir.api.call.QueryParameters;
import dev.weir.api.call.Role;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.SitePlan;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
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
 * line, site, field and reason.
 */
public final class SitesApi {

  /** Where it is; one site is below, as {@code /customer/id}. */
  public static final String PATH = "/api/v1/sites";

  private static final String ONE = PATH + "/{customer}/{id}";

  /** Bytes of a text of sites: as many characters as one may have. */
  public static final int BODY_BYTES_MAX = SiteReader.CHARACTERS_MAX;

  /** What problems call the text that came. */
  static final String BODY = "body";

  /**
   * A text that is read takes many times its size in memory, so one is read at a time. Who waits
   * for it takes the server's place of another call, so that it is told soon to come again.
   */
  static final Duration TURN_WAIT_MAX = Duration.ofSeconds(1);

  private final SiteBook book;
  private final SiteList list;
  private final OneSite one;
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
    this.one = new OneSite(book, list, region);
    this.region = region;
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", PATH, Role.VIEWER, this::list),
        new Operation("PUT", PATH, Role.EDITOR, this::put),
        new Operation("GET", ONE, Role.VIEWER, one::show),
        new Operation("PUT", ONE, Role.EDITOR, one::put),
        new Operation("DELETE", ONE, Role.EDITOR, one::delete));
  }

  private Response list(ApiCall call) {
    QueryParameters query = call.query("after", "customer", "definitions", "limit", "state");
    Caller caller = call.caller();
    return list.page(
        new SiteList.Question(
            customer(caller, Role.VIEWER, query),
            caller::sees,
            SiteList.state(query.text("state")),
            query.text("after").map(SitesApi::place).orElse(null),
            query.whole("limit", SiteList.LIMIT_STANDARD, 1, SiteBook.PAGE_MAX),
            query.flag("definitions")));
  }

  private Response put(ApiCall call) {
    Request request = call.request();
    Caller caller = call.caller();
    QueryParameters query = call.query("customer", "dryRun", "plan", "prune");
    boolean dryRun = query.flag("dryRun");
    boolean prune = query.flag("prune");
    String customer = customer(caller, Role.EDITOR, query);
    if (customer == null && prune && !caller.hasEverywhere(Role.EDITOR)) {
      throw QueryParameters.refusal("prune needs a customer: name one of your own");
    }
    String text;
    switch (BodyText.of(request, "sites", BODY_BYTES_MAX)) {
      case BodyText.Refused(Response answer) -> {
        return answer;
      }
      case BodyText.Read(String read) -> text = read;
    }
    // Only now: who sends slowly keeps nobody waiting.
    if (!taken()) {
      return Problem.of(Kind.UNAVAILABLE, "other sites are being applied; try again");
    }
    try {
      SiteReader reader =
          customer == null ? new SiteReader(region) : new SiteReader(region, customer);
      return switch (readerFor(caller, reader).read(BODY, text)) {
        case SiteReader.Reading.Refused refused -> Problem.problems(refused.problems());
        case SiteReader.Reading.Sites(List<Site> sites) -> {
          sites.forEach(site -> checkMayEdit(caller, site.key().customer()));
          Optional<String> expected = query.text("plan");
          // Who has seen no plan has the last word, as with one site.
          yield dryRun || expected.isPresent()
              ? planned(customer, sites, prune, dryRun, expected)
              : OneSite.repeated(() -> planned(customer, sites, prune, false, expected));
        }
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
      return PlanAnswer.of(200, plan, false);
    }
    if (expected.isPresent() && !expected.get().equals(PlanAnswer.name(plan))) {
      return Problem.of(
          Kind.CONFLICT, "sites have changed since the plan was shown; look at a new one");
    }
    book.apply(plan);
    return PlanAnswer.of(200, plan, true);
  }

  private boolean taken() {
    try {
      return turn.tryAcquire(TURN_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The one customer that is asked for or the only one there is for the caller; null for all. */
  private static @Nullable String customer(Caller caller, Role role, QueryParameters query) {
    Optional<String> asked = query.text("customer");
    if (asked.isEmpty()) {
      return caller
          .customers(role)
          .filter(own -> own.size() == 1)
          .map(own -> own.iterator().next())
          .orElse(null);
    }
    try {
      SiteKey.checkCustomer(asked.get());
    } catch (IllegalArgumentException e) {
      throw QueryParameters.refusal(String.valueOf(e.getMessage()));
    }
    if (!caller.may(role, asked.get())) {
      throw new StoreException(Kind.DENIED, "customer is another than your own");
    }
    return asked.get();
  }

  /** Secrets of the host are the operator's to name: whoever may do everything. */
  static SiteReader readerFor(Caller caller, SiteReader reader) {
    return caller.hasEverywhere(Role.ADMIN) ? reader : reader.keptToCustomers();
  }

  private static void checkMayEdit(Caller caller, String customer) {
    if (!caller.may(Role.EDITOR, customer)) {
      throw new StoreException(Kind.DENIED, "a site is of another customer than your own");
    }
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
