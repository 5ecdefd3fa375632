// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Problem;
import dev.weir.api.call.QueryParameters;
import dev.weir.api.call.QueryPlaces;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.rollup.HourlySums;
import dev.weir.monitor.rollup.SiteHour;
import dev.weir.monitor.rollup.SiteHours;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.StoredSite;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a site, below {@code /api/v1/sites/{customer}/{id}}: runs one by one,
 * series, hours. What was measured of a site that is gone is not there either. Thread-safe.
 */
public final class ResultsApi {

  /** The most that one call looks at: as long as closed incidents are kept. */
  static final Duration RANGE_MAX = Duration.ofDays(400);

  static final int RUNS_STANDARD = 100;
  static final int RUNS_MAX = 1_000;

  static final Duration SERIES_STANDARD = Duration.ofHours(24);
  static final int POINTS_STANDARD = 120;

  /** A site that runs once an hour has one run in an hour. */
  static final int POINTS_MIN = 1;

  /** More than a chart shows. */
  static final int POINTS_MAX = 500;

  /** Longer ranges are made of hours, where bins have whole ones. */
  static final Duration RUNS_RANGE_MAX = Duration.ofDays(3);

  /**
   * Runs of which phases are told in a series of hours, which don't have them: 30 days of a site
   * that is checked each 10 s in two regions.
   */
  static final long PHASES_RUNS_MAX = 520_000;

  static final Duration ROLLUPS_STANDARD = Duration.ofHours(24);
  static final Duration ROLLUPS_RANGE_MAX = Duration.ofDays(31);

  /** How long the store may take for one call. */
  static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Calls of one caller at once: as many connections as a browser opens. */
  static final int CALLER_MAX = 6;

  /** Calls of all callers at once; whoever asks without signing in is one caller, and has these. */
  static final int ALL_MAX = 24;

  private static final String ONE = "/api/v1/sites/{customer}/{id}";

  private final SiteBook book;
  private final CheckTables tables;
  private final QueryRunner queries;
  private final CatalogReader catalog;
  private final HourlyRollup hours;
  private final SiteHours siteHours;
  private final InstantSource clock;
  private final QueryPlaces places = new QueryPlaces(CALLER_MAX, ALL_MAX);

  /**
   * The results of a book's sites, in these tables.
   *
   * @param hours of the same store
   */
  public ResultsApi(
      SiteBook book,
      CheckTables tables,
      QueryRunner queries,
      CatalogReader catalog,
      HourlyRollup hours,
      InstantSource clock) {
    this.book = book;
    this.tables = tables;
    this.queries = queries;
    this.catalog = catalog;
    this.hours = hours;
    this.siteHours = new SiteHours(queries, catalog, hours);
    this.clock = clock;
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", ONE + "/results", Role.VIEWER, this::results),
        new Operation("GET", ONE + "/series", Role.VIEWER, this::series),
        new Operation("GET", ONE + "/rollups", Role.VIEWER, this::rollups));
  }

  private Response results(ApiCall call) {
    QueryParameters query = call.query("from", "to", "region", "outcome", "after", "limit");
    TimeRange range = TimeRange.of(query, clock.instant(), RANGE_MAX, RANGE_MAX);
    int limit = query.whole("limit", RUNS_STANDARD, 1, RUNS_MAX);
    RunPages.Outcome outcome = query.text("outcome").map(ResultsApi::outcome).orElse(null);
    RunPages.Place after = query.text("after").map(RunPages.Place::of).orElse(null);
    String region = region(query);
    return ofSite(
        call,
        site -> {
          RunPages.Page page =
              source(site, region)
                  .map(source ->
                      new RunPages(rows(source.table().name()), source)
                          .page(range, outcome, after, limit))
                  .orElse(new RunPages.Page(List.of(), Optional.empty()));
          return JsonAnswer.of(
              200,
              json -> {
                json.writeStartObject();
                json.writeArrayPropertyStart("items");
                page.runs().forEach(run -> run.write(json));
                json.writeEndArray();
                json.writeStringProperty(
                    "next", page.next().map(RunPages.Place::toString).orElse(null));
                json.writeEndObject();
              });
        });
  }

  private Response series(ApiCall call) {
    QueryParameters query = call.query("from", "to", "points", "region");
    TimeRange range = TimeRange.of(query, clock.instant(), SERIES_STANDARD, RANGE_MAX);
    Bins bins = Bins.of(range, query.whole("points", POINTS_STANDARD, POINTS_MIN, POINTS_MAX));
    String region = region(query);
    return ofSite(
        call,
        site -> {
          SiteSeries series =
              source(site, region)
                  .map(source -> series(source, range, bins))
                  .orElse(SeriesOfHours.of(bins, Map.of()));
          return JsonAnswer.of(200, series::write);
        });
  }

  private SiteSeries series(CheckSource source, TimeRange range, Bins bins) {
    StoredRows rows = rows(source.table().name());
    SeriesOfRuns runs = new SeriesOfRuns(rows, source, bins);
    if (range.length().compareTo(RUNS_RANGE_MAX) <= 0
        || bins.step().compareTo(Duration.ofHours(1)) < 0) {
      return runs.read();
    }
    Map<SiteHour, HourlySums> sums =
        siteHours.read(
            source.table().name(),
            source.site().key().id(),
            bins.from(),
            bins.to(),
            bins.step(),
            clock.instant(),
            rows.deadline());
    sums.keySet().removeIf(bin -> source.region() != null && !source.region().equals(bin.region()));
    SiteSeries series = SeriesOfHours.of(bins, sums);
    return series.total().runs() > PHASES_RUNS_MAX ? series : series.with(runs.phases());
  }

  private Response rollups(ApiCall call) {
    QueryParameters query = call.query("from", "to");
    TimeRange range = TimeRange.of(query, clock.instant(), ROLLUPS_STANDARD, ROLLUPS_RANGE_MAX);
    return ofSite(
        call,
        site -> {
          Map<SiteHour, HourlySums> made =
              hours.read(
                  tables.hourly(site.key().customer()),
                  site.key().id(),
                  range.from().truncatedTo(ChronoUnit.HOURS),
                  range.to(),
                  clock.instant().plus(DEADLINE));
          return JsonAnswer.of(200, json -> Rollups.write(json, made));
        });
  }

  /** The answer about the site of the path; 404 where it is not there. */
  private Response ofSite(ApiCall call, Function<Site, Response> answer) {
    Optional<StoredSite> found;
    try {
      found = book.get(new SiteKey(call.path(Operation.CUSTOMER), call.path("id")));
    } catch (IllegalArgumentException _) {
      found = Optional.empty(); // no site is called so
    }
    if (found.isEmpty()) {
      return Problem.notFound("there is no such site");
    }
    Caller caller = call.caller();
    int callerMax = caller.equals(Caller.operator()) ? ALL_MAX : CALLER_MAX;
    try (QueryPlaces.Held _ = places.take(caller, callerMax, Duration.ZERO)) {
      return answer.apply(found.get().site());
    }
  }

  /** Empty where no check record was ever stored. */
  private Optional<CheckSource> source(Site site, @Nullable String region) {
    return catalog
        .describe(tables.results(site.key().customer()))
        .filter(table -> table.column("requests").isPresent())
        .map(table -> new CheckSource(table, site, region));
  }

  private StoredRows rows(TableName table) {
    return new StoredRows(queries, table.database(), clock.instant().plus(DEADLINE));
  }

  private static @Nullable String region(QueryParameters query) {
    String region = query.text("region").orElse(null);
    if (region != null && !Site.isRegion(region)) {
      throw QueryParameters.refusal(
          "region is the name of a region, not '%s'".formatted(QueryParameters.shown(region)));
    }
    return region;
  }

  private static RunPages.Outcome outcome(String word) {
    return Arrays.stream(RunPages.Outcome.values())
        .filter(each -> each.spelling().equals(word))
        .findFirst()
        .orElseThrow(() ->
            QueryParameters.refusal(
                "outcome is one of up, down, doubtful, missed, not '%s'"
                    .formatted(QueryParameters.shown(word))));
  }
}
