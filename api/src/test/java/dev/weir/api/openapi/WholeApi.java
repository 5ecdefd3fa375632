// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.openapi;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Operation;
import dev.weir.api.caller.Authentication;
import dev.weir.api.caller.MeApi;
import dev.weir.api.connector.ConnectorApi;
import dev.weir.api.overview.Overview;
import dev.weir.api.overview.OverviewStore;
import dev.weir.api.query.QueryApi;
import dev.weir.api.result.IncidentsApi;
import dev.weir.api.result.ResultsApi;
import dev.weir.api.site.SiteStates;
import dev.weir.api.site.SitesApi;
import dev.weir.api.trial.TrialsApi;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.notice.IncidentReader;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import dev.weir.store.kit.RecordingPointWriter;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every area of the API, over documents in memory. Whoever adds an area adds it here too. */
final class WholeApi {

  static final Caller OPERATOR = Caller.operator();

  static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(NOW);
  private final Api api;

  WholeApi() {
    SiteBook book = new SiteBook(documents, "local");
    List<Operation> operations = new ArrayList<>();
    operations.addAll(new MeApi(Authentication.LOCAL, "test", book).operations());
    operations.addAll(new OpenApiApi("test").operations());
    operations.addAll(overview(book).operations());
    operations.addAll(new SitesApi(book, SiteStates.none(), "local", clock).operations());
    operations.addAll(
        new ResultsApi(
                book,
                CheckTables.ORIGINAL,
                new ScriptedQueryRunner(),
                FixedCatalogReader.of(),
                new HourlyRollup(
                    new ScriptedQueryRunner(),
                    FixedCatalogReader.of(),
                    new RecordingPointWriter(),
                    _ -> {},
                    clock),
                clock)
            .operations());
    operations.addAll(new IncidentsApi(new IncidentReader(documents, clock)).operations());
    SiteProber prober =
        new SiteProber(Resolver.system(), Secret::reference, clock, _ -> {}, "test");
    operations.addAll(new TrialsApi(book, prober, _ -> _ -> false, "local", clock).operations());
    operations.addAll(
        new QueryApi(
                new ScriptedQueryRunner(),
                FixedCatalogReader.of(),
                CheckTables.ORIGINAL,
                clock,
                new Random(1))
            .operations());
    operations.addAll(
        new ConnectorApi(
                () -> {
                  throw new StoreException(
                      StoreException.Kind.UNAVAILABLE, "nothing is counted here");
                })
            .operations());
    api = new Api(operations);
  }

  private Overview overview(SiteBook book) {
    ScriptedQueryRunner queries = new ScriptedQueryRunner();
    FixedCatalogReader catalog = FixedCatalogReader.of();
    HourlyRollup hours =
        new HourlyRollup(queries, catalog, new RecordingPointWriter(), _ -> {}, clock);
    return new Overview(
        book,
        documents,
        "local",
        List::of,
        new OverviewStore(CheckTables.ORIGINAL, queries, catalog, hours),
        clock);
  }

  Api api() {
    return api;
  }

  Response get(String path, Caller caller) {
    return call("GET", path, "", "", caller);
  }

  Response call(String method, String path, String query, String body, Caller caller) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return api.handle(
        new Request(
            method,
            path,
            query,
            Headers.of("Content-Type", "application/json"),
            bytes.length,
            new ByteArrayInputStream(bytes)),
        caller);
  }
}
