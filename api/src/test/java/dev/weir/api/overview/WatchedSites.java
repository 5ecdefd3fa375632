// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import dev.weir.store.kit.RecordingPointWriter;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An overview of sites whose results a test makes up, with a store that has nothing. */
final class WatchedSites {

  static final Instant NOW = Instant.parse("2026-03-10T12:30:00Z");
  static final Caller ALL = Caller.operator();
  static final Caller ACME = new Caller("ann", Map.of("acme", Role.VIEWER));

  final ManualClock clock = new ManualClock(NOW);
  final MemoryDocuments documents = new MemoryDocuments();
  final SiteBook book = new SiteBook(documents, "eu");
  final List<Incident> incidents = new CopyOnWriteArrayList<>();
  final Overview overview;
  private final Api api;

  WatchedSites(String sites) {
    apply(sites);
    ScriptedQueryRunner queries = new ScriptedQueryRunner();
    FixedCatalogReader catalog = FixedCatalogReader.of();
    HourlyRollup hours =
        new HourlyRollup(queries, catalog, new RecordingPointWriter(), _ -> {}, clock);
    overview =
        new Overview(
            book,
            documents,
            "eu",
            () -> incidents,
            new OverviewStore(CheckTables.ORIGINAL, queries, catalog, hours),
            clock);
    api = new Api(overview.operations());
  }

  /** The sites that there are from now on. */
  void apply(String sites) {
    List<Site> wanted =
        switch (new SiteReader("eu").read("test", sites)) {
          case SiteReader.Reading.Sites read -> read.sites();
          case SiteReader.Reading.Refused refused -> throw new AssertionError(refused);
        };
    book.apply(book.plan(null, wanted, true));
    documents.awaitTold();
  }

  Site site(String key) {
    int slash = key.indexOf('/');
    SiteKey name = new SiteKey(key.substring(0, slash), key.substring(slash + 1));
    return book.get(name).orElseThrow().site();
  }

  void up(String key, int millis) {
    result(key, "eu", new Run(List.of(measured(millis, null)), 1, null, false));
  }

  void down(String key, String why) {
    fails(key, "eu", why, false);
  }

  void fails(String key, String region, String why, boolean doubtful) {
    Failure failure = new Failure(ErrorClass.RESET, why);
    result(key, region, new Run(List.of(measured(1, failure)), 2, failure, doubtful));
  }

  void missed(String key) {
    Slot slot = new Slot(site(key), "eu", clock.instant());
    overview.accept(new SlotResult(slot, clock.instant(), new Miss(Miss.Reason.OVERLAP, 1)));
  }

  void result(String key, String region, Run run) {
    Slot slot = new Slot(site(key), region, clock.instant());
    overview.accept(new SlotResult(slot, clock.instant(), run));
  }

  void advance(Duration time) {
    clock.advance(time);
  }

  String page(String query, Caller caller) {
    return body(get("/api/v1/overview", query, Headers.empty(), caller));
  }

  /** Changes for a caller, as long as that one is let in. */
  Response changes(Caller caller, BooleanSupplier admitted) {
    Request request =
        new Request(
            "GET", "/api/v1/changes", "", Headers.empty(), 0, InputStream.nullInputStream());
    return api.handle(request, caller, admitted);
  }

  Response get(String path, String query, Headers headers, Caller caller) {
    Request request = new Request("GET", path, query, headers, 0, InputStream.nullInputStream());
    return api.handle(request, caller);
  }

  Response head(String path) {
    Request request =
        new Request("HEAD", path, "", Headers.empty(), 0, InputStream.nullInputStream());
    return api.handle(request, ALL);
  }

  static String body(Response response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      response.body().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Measurement measured(int millis, @Nullable Failure failure) {
    Hop hop = new Hop("http://shop.example/", Phases.NONE, null, null, null);
    return new Measurement(millis * 1_000_000L, List.of(hop), null, failure);
  }
}
