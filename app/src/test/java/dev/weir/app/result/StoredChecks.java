// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Operation;
import dev.weir.api.result.ResultsApi;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An embedded store with results of sites in it, as the recorder writes them, and their API. */
final class StoredChecks implements AutoCloseable {

  static final CheckTables TABLES = CheckTables.ORIGINAL;
  static final Duration RETENTION = Duration.ofDays(500);

  final MemoryDocuments documents = new MemoryDocuments();
  final SiteBook book = new SiteBook(documents, "eu");
  final ManualClock clock;
  final EmbeddedStore store;
  final HourlyRollup hours;
  private final Api api;
  private final List<SlotResult> waiting = new ArrayList<>();

  StoredChecks(Path folder, Instant now) {
    this.clock = new ManualClock(now);
    this.store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
    this.hours = new HourlyRollup(store, store, store, this::table, clock);
    List<Operation> operations =
        new ArrayList<>(new ResultsApi(book, TABLES, store, store, hours, clock).operations());
    this.api = new Api(operations);
  }

  record Answer(int status, JsonNode body) {
    JsonNode items() {
      return body.get("items");
    }
  }

  @Override
  public void close() {
    store.close();
  }

  /** Adds a site of a text such as {@code {id: shop, endpoint: 'https://a.b/'}}. */
  Site site(String text) {
    return switch (new SiteReader("eu").read("test", text)) {
      case SiteReader.Reading.Sites(List<Site> sites) -> {
        book.apply(book.plan(null, sites, false));
        yield sites.getFirst();
      }
      case SiteReader.Reading.Refused refused -> throw new AssertionError(refused);
    };
  }

  StoredChecks up(Site site, String region, Instant at, double seconds) {
    return add(site, region, at, new Run(List.of(good(seconds)), 1, null, false));
  }

  StoredChecks down(Site site, String region, Instant at, boolean doubtful) {
    Failure failure = new Failure(ErrorClass.STATUS, "It answered 503.", "status 200-299");
    Hop hop = new Hop("https://a.b/", phases(0.2), peer(at), 503, "HTTP/1.1");
    Measurement bad = new Measurement(200_000_000, List.of(hop), null, failure);
    return add(site, region, at, new Run(List.of(bad, bad), 2, failure, doubtful));
  }

  StoredChecks missed(Site site, String region, Instant at) {
    waiting.add(
        new SlotResult(
            new Slot(site, region, at), at.plusSeconds(3), new Miss(Miss.Reason.SATURATION, 1)));
    return this;
  }

  StoredChecks add(Site site, String region, Instant at, Run run) {
    waiting.add(new SlotResult(new Slot(site, region, at), at.plusMillis(20), run));
    return this;
  }

  /** Brings all that was added into the store. */
  StoredChecks stored() {
    Map<TableName, List<Point>> points = new java.util.HashMap<>();
    for (SlotResult result : waiting) {
      points
          .computeIfAbsent(
              TABLES.results(result.slot().site().key().customer()), _ -> new ArrayList<>())
          .addAll(RecordLayout.CHECK.points(result));
    }
    waiting.clear();
    points.forEach((table, all) -> {
      table(table);
      for (int from = 0; from < all.size(); from += 5_000) {
        List<Point> part = all.subList(from, Math.min(all.size(), from + 5_000));
        assertThat(
                store
                    .write(table, PointBatch.of(part), clock.instant().plusSeconds(60))
                    .rejections())
            .isEmpty();
      }
    });
    return this;
  }

  /** Makes hours of a customer's results. */
  void rolledUp(String customer, Instant from, Instant to) {
    hours.rebuild(TABLES.results(customer), TABLES.hourly(customer), from, to);
  }

  Answer get(String path, String query) {
    return get(path, query, Caller.operator());
  }

  Answer get(String path, String query, Caller caller) {
    Response response =
        api.handle(
            new Request(
                "GET", "/api/v1/" + path, query, Headers.empty(), 0, InputStream.nullInputStream()),
            caller);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      response.body().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(response.status(), JsonMapper.shared().readTree(bytes.toByteArray()));
  }

  static Measurement good(double seconds) {
    Hop hop =
        new Hop(
            "https://a.b/",
            phases(seconds),
            peer(Instant.parse("2026-03-10T00:00:00Z")),
            200,
            "HTTP/1.1");
    return new Measurement(
        Math.round(seconds * 1e9),
        List.of(hop),
        new Reply.Http(200, Map.of(), 1_234, new byte[0]),
        null);
  }

  private static Phases phases(double seconds) {
    long tenth = Math.round(seconds * 1e8);
    return new Phases(tenth, tenth, 2 * tenth, 0, 5 * tenth, tenth);
  }

  private static Peer peer(Instant at) {
    return new Peer(
        "192.0.2.7",
        null,
        "TLSv1.3",
        "AES",
        new Peer.Chain(at.plus(Duration.ofDays(20)), null, "ff", "a", "b", "a.b", "1"));
  }

  private void table(TableName table) {
    store.createIfMissing(table, TableRules.own(RETENTION));
  }
}
