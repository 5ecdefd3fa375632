// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.checks;

import static java.util.Objects.requireNonNull;

import dev.weir.api.overview.Overview;
import dev.weir.api.overview.OverviewStore;
import dev.weir.app.cli.Version;
import dev.weir.app.settings.ChecksSettings;
import dev.weir.app.settings.UsageException;
import dev.weir.document.FollowedDocuments;
import dev.weir.monitor.blackbox.LatestResults;
import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.ChannelsReader;
import dev.weir.monitor.notice.Incidents;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.record.Recorder;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.rollup.Rollups;
import dev.weir.monitor.schedule.Anchors;
import dev.weir.monitor.schedule.Doubt;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.ScheduledSites;
import dev.weir.monitor.schedule.Scheduler;
import dev.weir.monitor.schedule.SiteRuns;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.metrics.CheckMetrics;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.PointWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one process, from the sites in its documents to records in its store. What runs is
 * stopped in reverse: no slot begins, runs end, results are written, notices wait in documents.
 */
public final class SiteWatch implements AutoCloseable {

  /** A start is not kept waiting for longer, whatever a machine is busy with. */
  private static final Duration WARM_UP_MAX = Duration.ofSeconds(5);

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final Prober prober;
  private final LatestResults latest;
  private @Nullable Overview overview;

  /**
   * What makes checks.
   *
   * @param secrets what it sends where sites name them
   * @param warmUp takes its ways once, so that the first checks are measured as later ones are
   */
  record Probing(Prober prober, Secrets secrets, Runnable warmUp) {}

  private SiteWatch(Prober prober, InstantSource clock) {
    this.prober = prober;
    this.latest = new LatestResults(clock);
  }

  /**
   * Begins to check the sites of a book.
   *
   * @param documents of incidents, and the book's own
   * @param tables makes a table of results before its first use, where the store can
   * @throws UsageException in one line, for a notices file that is not right or a folder in use
   */
  public static SiteWatch start(
      ChecksSettings settings,
      SiteBook book,
      FollowedDocuments documents,
      CheckStore store,
      WeirMetrics metrics,
      InstantSource clock) {
    Secrets secrets =
        new ReferencedSecrets(
            System::getenv, settings.secretsVariables(), settings.secretsFolder());
    SiteProber prober =
        new SiteProber(Resolver.system(), secrets, clock, Thread::sleep, Version.text());
    return start(
        settings,
        book,
        documents,
        new Probing(prober, secrets, prober::warmUp),
        store,
        metrics,
        clock);
  }

  static SiteWatch start(
      ChecksSettings settings,
      SiteBook book,
      FollowedDocuments documents,
      Probing probing,
      CheckStore store,
      WeirMetrics metrics,
      InstantSource clock) {
    SiteWatch checks = new SiteWatch(probing.prober(), clock);
    try {
      warm(probing.warmUp(), book);
      checks.begin(settings, book, documents, probing.secrets(), store, metrics, clock);
      return checks;
    } catch (IllegalStateException e) {
      checks.close();
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      checks.close();
      throw e;
    }
  }

  /** All sites at a glance, and how each is. */
  public Overview overview() {
    return requireNonNull(overview, "started");
  }

  /** The same as metrics. */
  public LatestResults latest() {
    return latest;
  }

  /** Makes checks beside the schedule's. */
  public Prober prober() {
    return prober;
  }

  @Override
  public void close() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }

  /**
   * The first runs after a start would be told with what a JVM does for the first time: seconds,
   * over TLS. Without sites there is nobody to wait for.
   */
  private static void warm(Runnable warmUp, SiteBook book) {
    Thread warming = Thread.ofPlatform().daemon().name("weir-warm-up").start(warmUp);
    if (book.customers(1).isEmpty()) {
      return;
    }
    try {
      warming.join(WARM_UP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(
      ChecksSettings settings,
      SiteBook book,
      FollowedDocuments documents,
      Secrets secrets,
      CheckStore store,
      WeirMetrics metrics,
      InstantSource clock) {
    CheckMetrics counts = new CheckMetrics(metrics);
    Channels channels = channels(settings, secrets, clock);
    Incidents incidents = new Incidents(documents, channels, clock, Thread::sleep, counts);
    stops.push(incidents::close);
    CheckTables tables = settings.recorder().tables();
    String region = settings.schedule().region();
    HourlyRollup hours =
        new HourlyRollup(store.queries(), store.catalog(), store.writer(), store.tables(), clock);
    Overview sitesNow =
        new Overview(
            book,
            documents,
            region,
            () -> incidents.open(null),
            new OverviewStore(tables, store.queries(), store.catalog(), hours),
            clock);
    overview = sitesNow;
    stops.push(sitesNow::close);
    PointWriter writer = store.writer();
    if (settings.recorder().layout() == RecordLayout.CHECK) { // no hours without check records
      Rollups rollups = rollups(tables, book, hours, clock);
      writer = rollups.hearing(writer);
      rollups.start();
      stops.push(rollups::close);
    }
    Recorder recorder = Recorder.open(settings.recorder(), writer, store.tables(), counts, clock);
    stops.push(recorder::close);
    ResultListener results =
        ResultListener.all(List.of(recorder, incidents, counts, sitesNow, latest));
    Anchors anchors =
        new Anchors(settings.anchors(), prober, settings.policy(SiteKey.DEFAULT_CUSTOMER), clock);
    SiteRuns runs = new SiteRuns(prober, settings::policy, new Doubt(anchors));
    Scheduler scheduler = new Scheduler(settings.schedule(), runs, results, counts, clock);
    stops.push(scheduler::close);
    ScheduledSites sites = new ScheduledSites(book, documents, scheduler);
    stops.push(sites::close);
    watch(metrics, scheduler, recorder, incidents);
    watch(metrics, sitesNow);
    incidents.retain((site, from) -> from.equals(region) && scheduler.isScheduled(site));
    scheduler.start();
    sitesNow.start();
  }

  private static Rollups rollups(
      CheckTables tables, SiteBook book, HourlyRollup hours, InstantSource clock) {
    return new Rollups(
        hours,
        () ->
            book.all(null).stream()
                .map(stored -> tables.results(stored.site().key().customer()))
                .collect(Collectors.toSet()),
        clock);
  }

  private static Channels channels(ChecksSettings settings, Secrets secrets, InstantSource clock) {
    if (settings.noticesFile().isEmpty()) {
      return Channels.NONE;
    }
    Path file = settings.noticesFile().get();
    try {
      return new ChannelsReader(customer -> secrets, settings::policy, clock)
          .read(Files.readString(file));
    } catch (IOException e) {
      throw new UsageException("the notices file " + file + " can't be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
  }

  private static void watch(
      WeirMetrics metrics, Scheduler scheduler, Recorder recorder, Incidents incidents) {
    metrics.gauge(
        "weir_checks_sites", "Sites that are checked here.", () -> scheduler.figures().sites());
    metrics.gauge(
        "weir_checks_running", "Checks that run now.", () -> scheduler.figures().running());
    metrics.gauge(
        "weir_checks_waiting",
        "Checks that are due and wait for a place.",
        () -> scheduler.figures().waiting());
    metrics.gauge(
        "weir_checks_queue_bytes", "Bytes of results that wait on disk.", recorder::waitingBytes);
    metrics.gauge(
        "weir_incidents_open", "Incidents that are open.", () -> incidents.open(null).size());
  }

  private static void watch(WeirMetrics metrics, Overview overview) {
    metrics.gauge("weir_overview_streams", "Streams of changes that are open.", overview::streams);
    metrics.gauge(
        "weir_overview_unread_customers",
        "Customers of whom the overview could not read the store's figures when it last tried.",
        overview::unread);
  }
}
