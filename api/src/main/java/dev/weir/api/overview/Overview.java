// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Role;
import dev.weir.api.site.SiteStates;
import dev.weir.document.FollowedDocuments;
import dev.weir.document.FollowedDocuments.Subscription;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.StoredSite;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/overview} and {@code /api/v1/changes}: all sites as they are now, and as they
 * change. Requests read memory alone. It hears of results at once, follows the definitions, and
 * reads from the store in the background what was before and what others wrote. Thread-safe.
 */
public final class Overview implements ResultListener, SiteStates, AutoCloseable {

  /** So long after a request somebody still looks. */
  static final Duration LOOKED_AT = Duration.ofMinutes(2);

  /** What changed is shown together so often. */
  static final Duration TOGETHER = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Overview.class);

  private final String region;
  private final InstantSource clock;
  private final Board board;
  private final ChangeStreams streams;
  private final Readings readings;
  private final Subscription definitions;
  private final Thread showing =
      Thread.ofVirtual().name("overview").unstarted(() -> keep(this::show));
  private final Thread reading =
      Thread.ofVirtual().name("overview-readings").unstarted(() -> keep(this::read));
  private volatile Instant asked = Instant.EPOCH;

  /**
   * The sites of a book; {@link #start} begins to read from the store.
   *
   * @param feed the documents of the book
   * @param region of this process, whose results it hears
   * @param incidents those that are open now
   */
  public Overview(
      SiteBook book,
      FollowedDocuments feed,
      String region,
      Supplier<List<Incident>> incidents,
      OverviewStore store,
      InstantSource clock) {
    this.region = region;
    this.clock = clock;
    this.board = new Board(incidents);
    this.streams = new ChangeStreams(board, clock);
    this.readings =
        new Readings(
            board, new StoredFigures(store, board, region), region, this::isLookedAt, clock);
    this.definitions = book.follow(feed, change -> board.take(change, clock.instant()));
    try {
      List<Site> sites = book.all(null).stream().map(StoredSite::site).toList();
      board.begin(sites, clock.instant());
    } catch (RuntimeException e) {
      definitions.close();
      throw e;
    }
  }

  /** Begins to read from the store, and to show what changes by itself. */
  public void start() {
    showing.start();
    reading.start();
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", "/api/v1/overview", Role.VIEWER, this::page),
        new Operation("GET", "/api/v1/changes", Role.VIEWER, this::changes));
  }

  @Override
  public void accept(SlotResult result) {
    board.picture(result.slot().site().key()).take(result);
  }

  @Override
  public void forget(SiteKey site) {
    board.forget(site, region);
  }

  @Override
  public State ofResults(Site site) {
    SitePicture picture = board.known(site.key());
    return picture == null ? State.UNKNOWN : picture.ofResults(site, clock.instant());
  }

  /** Reads all that the store has now, on this thread; by itself it is read as it is needed. */
  public void readAll() {
    synchronized (readings) {
      readings.step(true);
    }
  }

  /** Streams of changes that are open. */
  public int streams() {
    return streams.open();
  }

  /** Customers of whom the store's figures could not be read when it was last tried. */
  public int unread() {
    return readings.failing();
  }

  /** Ends the streams of changes, which would keep a server from ending. */
  public void endStreams() {
    streams.close();
  }

  @Override
  public void close() {
    endStreams();
    definitions.close();
    showing.interrupt();
    reading.interrupt();
    try {
      if (reading.isAlive()) {
        reading.join();
      }
      if (showing.isAlive()) {
        showing.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shows what has changed, while somebody looks. */
  void show() {
    if (isLookedAt()) {
      board.publish(clock.instant());
    }
  }

  /** Reads what is due. */
  void read() {
    synchronized (readings) {
      readings.step(false);
    }
  }

  private Response page(ApiCall call) {
    OverviewQuestion question = OverviewQuestion.of(call);
    Instant now = clock.instant();
    asked = now;
    board.publish(now);
    return new OverviewPage(board, call.caller(), question)
        .answer(call.request(), now.toEpochMilli());
  }

  private Response changes(ApiCall call) {
    asked = clock.instant();
    return streams.answer(call);
  }

  private boolean isLookedAt() {
    return streams.open() > 0 || clock.instant().isBefore(asked.plus(LOOKED_AT));
  }

  private static void keep(Runnable step) {
    try {
      while (true) {
        try {
          step.run();
        } catch (RuntimeException e) {
          LOG.error("The overview could not be brought up to date; it is tried again", e);
        }
        Thread.sleep(TOGETHER);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
