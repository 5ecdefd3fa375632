// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import dev.weir.model.PointBatch;
import dev.weir.monitor.notice.ChannelKey;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.notice.Notice;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.monitor.record.RecordListener;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.ScheduleListener;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts what becomes of website checks, their records and their notices. Thread-safe. */
public final class CheckMetrics
    implements ScheduleListener, ResultListener, RecordListener, NoticeListener {

  private static final Logger LOG = LoggerFactory.getLogger(CheckMetrics.class);

  /** From a timer's own precision to the latest start of a slot. */
  private static final double[] LAG_SECONDS = {
    .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5
  };

  private final Counter runs;
  private final Counter missed;
  private final Counter dropped;
  private final Histogram lagSeconds;
  private final Counter points;
  private final Counter held;
  private final Counter lost;
  private final Counter notices;
  private final Counter notKept;

  /** What each channel whose notices wait is waiting for. */
  private final Map<ChannelKey, String> waitingFor = new ConcurrentHashMap<>();

  /** Why channels that forget are not told again of what is open. */
  private final Map<ChannelKey, String> notRefreshed = new ConcurrentHashMap<>();

  /** Metrics beside all others of a Weir. */
  public CheckMetrics(WeirMetrics metrics) {
    PrometheusRegistry registry = metrics.registry();
    runs =
        counter(registry, "weir_checks_runs_total", "Runs of checks by what they gave.", "outcome");
    missed =
        counter(registry, "weir_checks_missed_slots_total", "Slots that were not run.", "reason");
    dropped =
        counter(
            registry,
            "weir_checks_dropped_runs_total",
            "Runs that ended after their site had been taken away.");
    lagSeconds =
        Histogram.builder()
            .name("weir_checks_lag_seconds")
            .help("How much later than intended runs began.")
            .classicOnly()
            .classicUpperBounds(LAG_SECONDS)
            .register(registry);
    points =
        counter(
            registry,
            "weir_checks_points_total",
            "Points of results by what the store did with them.",
            "outcome");
    held =
        counter(
            registry,
            "weir_checks_held_writes_total",
            "Writes of results that the store could not take then, by why.",
            "reason");
    lost =
        counter(
            registry,
            "weir_checks_lost_results_total",
            "Results that never reach the store, by why.",
            "reason");
    notices =
        counter(
            registry,
            "weir_notices_total",
            "Deliveries of notices by channel and outcome; dead ones were given up.",
            "customer",
            "channel",
            "outcome");
    notKept =
        counter(
            registry,
            "weir_notices_not_kept_total",
            "Times that an incident's state could not be kept; the next run tries again.");
  }

  @Override
  public void started(Duration lag) {
    lagSeconds.observe(lag.toNanos() * 1e-9);
  }

  @Override
  public void missed(Miss miss) {
    missed.labelValues(label(miss.reason())).inc(miss.slots());
  }

  @Override
  public void dropped() {
    dropped.inc();
  }

  @Override
  public void accept(SlotResult result) {
    if (result.run() != null) {
      runs.labelValues(result.run().up() ? "up" : result.run().doubtful() ? "doubtful" : "down")
          .inc();
    }
  }

  @Override
  public void stored(TableName table, PointBatch batch, int count) {
    points.labelValues("stored").inc(count);
  }

  @Override
  public void refused(int count) {
    points.labelValues("refused").inc(count);
  }

  @Override
  public void held(StoreException.Kind why) {
    held.labelValues(label(why)).inc();
  }

  @Override
  public void overflowed(long results) {
    lost.labelValues("overflow").inc(results);
  }

  @Override
  public void lost(long results) {
    lost.labelValues("damage").inc(results);
  }

  @Override
  public void happened(Notice notice) {
    if (notice.kind() == Notice.Kind.REPEATED) {
      return;
    }
    Incident incident = notice.incident();
    boolean opened = notice.kind() == Notice.Kind.OPENED;
    LOG.atInfo()
        .addKeyValue("site", incident.site())
        .addKeyValue("region", incident.region())
        .addKeyValue("error_class", incident.cause().errorClass().spelling())
        .addKeyValue("reason", incident.cause().sentence())
        .addKeyValue("since", incident.start())
        .log(opened ? "A site is down" : "A site is up again");
  }

  @Override
  public void delivered(ChannelKey channel) {
    count(channel, "delivered");
    refreshed(channel); // What is open may have ended meanwhile: there is none to repeat then.
    if (waitingFor.remove(channel) != null) {
      about(LOG.atInfo(), channel).log("Notices are delivered again");
    }
  }

  @Override
  public void postponed(ChannelKey channel, String why) {
    count(channel, "postponed");
    // Attempts go on for a day: one line for each thing that is wrong.
    if (!why.equals(waitingFor.put(channel, why))) {
      about(LOG.atWarn(), channel)
          .addKeyValue("reason", why)
          .log("A notice could not be delivered; it is tried again for a day");
    }
  }

  @Override
  public void dead(ChannelKey channel, String why) {
    count(channel, "dead");
    waitingFor.remove(channel);
    about(LOG.atWarn(), channel).addKeyValue("reason", why).log("A notice was given up");
  }

  /** Not counted: each minute of an open alert is no notice. */
  @Override
  public void refreshed(ChannelKey channel) {
    if (notRefreshed.remove(channel) != null) {
      about(LOG.atInfo(), channel).log("Open alerts can be repeated again");
    }
  }

  @Override
  public void notRefreshed(ChannelKey channel, String why) {
    count(channel, "not_refreshed");
    if (!why.equals(notRefreshed.put(channel, why))) {
      about(LOG.atWarn(), channel)
          .addKeyValue("reason", why)
          .log("Open alerts could not be repeated; it is tried again each minute");
    }
  }

  private void count(ChannelKey channel, String outcome) {
    notices.labelValues(channel.customer(), channel.name(), outcome).inc();
  }

  /** Names are a customer's own, and those that are made up are everybody's. */
  private static LoggingEventBuilder about(LoggingEventBuilder line, ChannelKey channel) {
    return line.addKeyValue("customer", channel.customer()).addKeyValue("channel", channel.name());
  }

  @Override
  public void notKept(RuntimeException why) {
    notKept.inc();
    LOG.atWarn()
        .addKeyValue("reason", why.getMessage())
        .log("An incident's state could not be kept; the next run tries again");
  }

  @Override
  public void unreadable(String state, RuntimeException why) {
    LOG.atError()
        .addKeyValue("state", state)
        .addKeyValue("reason", why.getMessage())
        .log("What was known of a site can't be read; it counts as well until its next run");
  }

  private static String label(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }
}
