// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Problem;
import dev.weir.api.call.QueryParameters;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.StoredSite;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries checks: {@code POST /api/v1/check} that of a definition that is not saved, {@code POST
 * /api/v1/sites/{customer}/{id}/check} that of a site. One attempt is made, at most {@value
 * Trials#REQUESTS_MAX} requests and a minute, by the prober and under the network policy of the
 * customer's other checks; nothing is recorded. Thread-safe.
 */
public final class TrialsApi {

  /** Where a definition is tried. */
  public static final String PATH = "/api/v1/check";

  private static final String OF_SITE = "/api/v1/sites/{customer}/{id}/check";

  /** What problems call the text that came. */
  private static final String BODY = "body";

  private final SiteBook book;
  private final Trials trials;
  private final String region;

  /**
   * Trials with the parts of all checks.
   *
   * @param policies the policy of each customer
   * @param region where sites are checked from that name none
   */
  public TrialsApi(
      SiteBook book,
      Prober prober,
      Function<String, NetworkPolicy> policies,
      String region,
      InstantSource clock) {
    this(book, prober, policies, region, Trials.TIME_MAX, clock);
  }

  TrialsApi(
      SiteBook book,
      Prober prober,
      Function<String, NetworkPolicy> policies,
      String region,
      Duration timeMax,
      InstantSource clock) {
    this.book = book;
    this.trials = new Trials(prober, policies, timeMax, clock);
    this.region = region;
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(
        new Operation("POST", PATH, Role.EDITOR, this::definition),
        new Operation("POST", OF_SITE, Role.EDITOR, this::site));
  }

  private Response definition(ApiCall call) {
    call.query();
    Caller caller = call.caller();
    Optional<String> body = TriedSite.read(call.request());
    if (body.isEmpty()) {
      return Problem.tooLarge(
          "a site that is tried has at most %d bytes".formatted(TriedSite.BODY_BYTES_MAX));
    }
    SiteReader any = new SiteReader(region, customer(caller));
    // Secrets of the host are the operator's to name: whoever may do everything.
    SiteReader reader = caller.hasEverywhere(Role.ADMIN) ? any : any.keptToCustomers();
    return switch (reader.read(BODY, TriedSite.definition(body.get()))) {
      case SiteReader.Reading.Refused refused -> Problem.problems(refused.problems());
      case SiteReader.Reading.Sites(List<Site> sites) -> {
        if (sites.size() != 1) {
          throw QueryParameters.refusal("one site is tried at a time, not " + sites.size());
        }
        yield tried(sites.getFirst(), caller);
      }
    };
  }

  private Response site(ApiCall call) {
    call.query();
    return found(call)
        .map(stored -> tried(stored.site(), call.caller()))
        .orElseGet(() -> Problem.notFound("there is no such site"));
  }

  private Response tried(Site site, Caller caller) {
    if (!caller.may(Role.EDITOR, site.key().customer())) {
      throw new StoreException(Kind.DENIED, "the site is of another customer than your own");
    }
    return TriedRunAnswer.of(trials.run(site, caller.name()));
  }

  private Optional<StoredSite> found(ApiCall call) {
    try {
      return book.get(new SiteKey(call.path(Operation.CUSTOMER), call.path("id")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whose a site is that names no customer: the caller's only one. */
  private static String customer(Caller caller) {
    return caller
        .customers(Role.EDITOR)
        .filter(own -> own.size() == 1)
        .map(own -> own.iterator().next())
        .orElse(SiteKey.DEFAULT_CUSTOMER);
  }
}
