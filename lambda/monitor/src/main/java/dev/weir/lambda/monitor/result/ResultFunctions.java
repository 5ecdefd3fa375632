// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.weir.document.Documents;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.timestream.Credentials;
import dev.weir.store.timestream.TimestreamOptions;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.TimestreamStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the functions of this room do, each with its event; made once, and kept by a handler. */
public final class ResultFunctions implements AutoCloseable {

  /** Of an invocation's time, kept free of records for incidents and the answer. */
  static final Duration FOR_INCIDENTS = Duration.ofSeconds(15);

  /** Kept free for the answer. */
  static final Duration FOR_ANSWER = Duration.ofSeconds(2);

  /** No notice is begun to be told later than this before the end: a receiver has 10 s. */
  static final Duration FOR_NOTICE = Duration.ofSeconds(12);

  private final Runnable closing;
  private final ReportWriter reports;
  private final IncidentBook incidents;
  private final HourRollup hours;
  private final Ports ports;
  private final FunctionMetrics metrics;
  private final FunctionCounts counts;
  private final InstantSource clock;

  /** What the functions work with. */
  record Ports(
      PointWriter writer,
      QueryRunner queries,
      CatalogReader catalog,
      Documents documents,
      Channels channels,
      CheckTables tables,
      String region) {}

  /**
   * @param closing lets go of what is behind the ports
   */
  ResultFunctions(Ports ports, Runnable closing, FunctionMetrics metrics, InstantSource clock) {
    this.ports = ports;
    this.closing = closing;
    this.metrics = metrics;
    this.counts = new FunctionCounts(metrics);
    this.clock = clock;
    this.incidents = new IncidentBook(ports.documents(), ports.channels(), clock, counts);
    this.reports = new ReportWriter(ports.writer(), incidents, counts, clock);
    this.hours =
        new HourRollup(
            new HourlyRollup(
                ports.queries(),
                ports.catalog(),
                ports.writer(),
                _ -> {}, // Tables are made where the functions are deployed.
                clock),
            ports.tables(),
            metrics,
            clock);
  }

  /**
   * As the settings say, on Timestream.
   *
   * @param documents of states, notices and sites
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static ResultFunctions of(
      FunctionSettings settings, AwsClients clients, Documents documents, InstantSource clock) {
    Channels channels =
        NoticeChannels.of(
            settings,
            new ReferencedSecrets(
                name -> settings.variables().value(name).orElse(null),
                settings.secretPrefixes(),
                Path.of("/")),
            clients::sns,
            clock);
    FunctionMetrics metrics = FunctionMetrics.of(settings.variables());
    CheckTables tables = settings.tables();
    Optional<Credentials> own = settings.timestreamCredentials();
    TimestreamStores stores =
        TimestreamStores.open(
            TimestreamOptions.defaults(clock)
                .inRegion(settings.timestreamRegion())
                .at(settings.timestreamEndpoint(), settings.timestreamEndpoint()));
    TimestreamStore store = own.map(stores::of).orElseGet(stores::ofEnvironment);
    return new ResultFunctions(
        new Ports(store, store, store, documents, channels, tables, settings.homeRegion()),
        stores::close,
        metrics,
        clock);
  }

  /**
   * Takes a batch of reports in. What an incident among them has to be told is tried once, now; it
   * waits for {@link #deliver} else.
   *
   * @throws IllegalArgumentException for what is no batch of SQS
   */
  public SQSBatchResponse write(SQSEvent event, Context context) {
    Instant end = end(context);
    try {
      Set<String> failed =
          reports.write(bodies(event), end.minus(FOR_INCIDENTS), end.minus(FOR_ANSWER));
      if (counts.somethingHappened()) {
        tell(end.minus(FOR_NOTICE));
      }
      return SQSBatchResponse.builder()
          .withBatchItemFailures(
              failed.stream().map(id -> new SQSBatchResponse.BatchItemFailure(id)).toList())
          .build();
    } finally {
      metrics.flush();
    }
  }

  /**
   * Delivers what waits, and tells channels that forget what is open.
   *
   * @return what was counted
   * @throws StoreException where the documents can't be read
   */
  public Map<String, Long> deliver(Context context) {
    Instant until = end(context).minus(FOR_NOTICE);
    try {
      incidents.deliver(until);
      if (clock.instant().isBefore(until)) {
        incidents.refresh();
      }
    } catch (RuntimeException e) {
      metrics.flush();
      throw e;
    }
    return metrics.flush();
  }

  /**
   * Sums hours, and ends the incidents of sites that are no longer watched.
   *
   * @param event empty, or with {@code from} and {@code to}
   * @return what was counted
   */
  public Map<String, Long> rollUp(Map<String, Object> event) {
    try {
      HourRollup.Range range = hours.range(event);
      WatchedSites sites = new WatchedSites(ports.documents(), ports.region());
      incidents.retain(sites::isWatched);
      hours.make(sites.customers(), range);
    } catch (RuntimeException e) {
      metrics.flush();
      throw e;
    }
    return metrics.flush();
  }

  /** Lets go of connections. */
  @Override
  public void close() {
    closing.run();
  }

  /** Reports are taken in whatever becomes of this: what is told waits as documents. */
  private void tell(Instant until) {
    if (clock.instant().isBefore(until)) {
      try {
        incidents.deliver(until);
      } catch (RuntimeException e) {
        counts.notDelivered(e);
      }
    }
  }

  private Instant end(Context context) {
    return clock.instant().plusMillis(context.getRemainingTimeInMillis());
  }

  private static Map<String, String> bodies(SQSEvent event) {
    if (event.getRecords() == null) {
      throw new IllegalArgumentException("the event has no Records: it is no batch of SQS");
    }
    Map<String, String> bodies = new LinkedHashMap<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      if (message.getMessageId() == null) {
        throw new IllegalArgumentException("a record of the event has no messageId");
      }
      bodies.put(message.getMessageId(), message.getBody() == null ? "" : message.getBody());
    }
    return bodies;
  }
}
