// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import com.amazonaws.services.lambda.runtime.Context;
import dev.weir.document.Documents;
import dev.weir.lambda.monitor.claim.Claims;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.queue.BatchAnswer;
import dev.weir.lambda.monitor.queue.QueueBatch;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.timestream.TimestreamOptions;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.TimestreamStores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the functions of this room do, each with its event; made once, and kept by a handler, which
 * also writes what was counted where one of them throws.
 */
public final class ResultFunctions {

  /** Of an invocation's time, kept free of records for incidents and the answer. */
  static final Duration FOR_INCIDENTS = Duration.ofSeconds(15);

  /** Kept free for the answer. */
  static final Duration FOR_ANSWER = Duration.ofSeconds(2);

  /** What the claim to a round of notices is called: one round at a time, whoever asks. */
  static final String ROUND = "notices";

  /** No notice is begun to be told later than this before the end: a receiver has 10 s. */
  static final Duration FOR_NOTICE = Duration.ofSeconds(12);

  /**
   * The hours of no customer are begun later than this, or a quarter of the time, before the end.
   */
  static final Duration FOR_CUSTOMER = Duration.ofMinutes(2);

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
      Claims claims,
      Channels channels,
      CheckTables tables,
      String region) {}

  ResultFunctions(Ports ports, FunctionMetrics metrics, InstantSource clock) {
    this.ports = ports;
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
   * As the variables say, on Timestream.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static ResultFunctions of(FunctionParts parts) {
    return of(parts, parts.documents());
  }

  /**
   * @param documents of states, notices and sites
   */
  static ResultFunctions of(FunctionParts parts, Documents documents) {
    FunctionSettings settings = parts.settings();
    InstantSource clock = parts.clock();
    Channels channels = NoticeChannels.of(settings, parts.clients()::sns, clock);
    TimestreamStores stores =
        parts
            .clients()
            .timestream(
                TimestreamOptions.defaults(clock)
                    .inRegion(settings.timestreamRegion())
                    .at(settings.timestreamEndpoint(), settings.timestreamEndpoint()));
    TimestreamStore store =
        settings.timestreamCredentials().map(stores::of).orElseGet(stores::ofEnvironment);
    return new ResultFunctions(
        new Ports(
            store,
            store,
            store,
            documents,
            parts.claims(),
            channels,
            settings.tables(),
            settings.homeRegion()),
        parts.metrics(),
        clock);
  }

  /**
   * Takes a batch of reports in. What an incident among them has to be told waits for {@link
   * #deliver}: a receiver that is slow holds up no report.
   *
   * @param event of SQS, as JSON
   * @return JSON that names the messages that are not done
   * @throws IllegalArgumentException for what is no batch of SQS
   */
  public String write(String event, Context context) {
    QueueBatch batch =
        QueueBatch.read(event)
            .orElseThrow(() ->
                new IllegalArgumentException("the event has no Records: it is no batch of SQS"));
    Map<String, String> bodies = new LinkedHashMap<>();
    batch.deliveries().forEach(each -> bodies.put(each.id(), each.body()));
    Instant end = end(context);
    return BatchAnswer.failed(
        reports.write(bodies, end.minus(FOR_INCIDENTS), end.minus(FOR_ANSWER)));
  }

  /**
   * Delivers what waits, and tells channels that forget what is open; nothing where another
   * invocation is at it.
   *
   * @return what was counted
   * @throws StoreException where the documents can't be read
   */
  public Map<String, Long> deliver(Context context) {
    Instant end = end(context);
    String holder = context.getAwsRequestId();
    Claims.Answer claim =
        ports.claims().take(ROUND, holder, Duration.between(clock.instant(), end));
    if (claim instanceof Claims.Answer.Granted) {
      try {
        tell(end.minus(FOR_NOTICE));
      } finally {
        giveBack(holder);
      }
    } else {
      counts.roundUnderWay();
    }
    return metrics.flush();
  }

  /**
   * Sums hours, and ends the incidents of sites that are no longer watched.
   *
   * @param event empty, or with {@code from} and {@code to}
   * @return what was counted
   * @throws IllegalStateException naming the customers whose hours were not made
   */
  public Map<String, Long> rollUp(Map<String, Object> event, Context context) {
    Instant until = end(context).minus(forLastCustomer(context));
    HourRollup.Range range = hours.range(event);
    WatchedSites sites = new WatchedSites(ports.documents(), ports.region());
    incidents.retain(sites::isWatched);
    hours.make(sites.customers(), range, until);
    return metrics.flush();
  }

  private void tell(Instant until) {
    incidents.deliver(until);
    if (clock.instant().isBefore(until)) {
      incidents.refresh();
    }
  }

  /** A claim that stays ends by itself, with the time that this invocation has. */
  private void giveBack(String holder) {
    try {
      ports.claims().giveBack(ROUND, holder, Set.of());
    } catch (StoreException e) {
      counts.roundNotGivenBack(e);
    }
  }

  /** What is cut short by the end of the time can't say what was left. */
  private static Duration forLastCustomer(Context context) {
    Duration quarter = Duration.ofMillis(context.getRemainingTimeInMillis() / 4);
    return quarter.compareTo(FOR_CUSTOMER) < 0 ? quarter : FOR_CUSTOMER;
  }

  private Instant end(Context context) {
    return clock.instant().plusMillis(context.getRemainingTimeInMillis());
  }
}
