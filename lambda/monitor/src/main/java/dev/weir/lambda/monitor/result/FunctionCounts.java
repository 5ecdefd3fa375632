// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.monitor.notice.ChannelKey;
import dev.weir.monitor.notice.Notice;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.store.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts what happens, and writes a line for what somebody should know. Thread-safe. */
final class FunctionCounts implements WriterListener, NoticeListener {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionCounts.class);

  private final FunctionMetrics metrics;

  FunctionCounts(FunctionMetrics metrics) {
    this.metrics = metrics;
  }

  /** Notices are left to another invocation, which is at them. */
  void roundUnderWay() {
    metrics.add("RoundsUnderWay", 1);
    LOG.info("Another invocation delivers notices; this one has nothing to do");
  }

  /** The claim to the notices stays until it ends; what waits waits so long. */
  void roundNotGivenBack(RuntimeException why) {
    LOG.atWarn()
        .addKeyValue("reason", FunctionLog.reason(why))
        .log("The claim to the notices could not be given back; the next round may find it held");
  }

  @Override
  public void stored(TableName table, int records, int repeated) {
    metrics.add("RecordsStored", records - repeated);
    metrics.add("RecordsRepeated", repeated);
  }

  @Override
  public void secondRun(String message) {
    metrics.add("SecondRuns", 1);
    LOG.atWarn()
        .addKeyValue("message_id", message)
        .log("A slot was run twice; the first one stays");
  }

  @Override
  public void refused(String message, String why) {
    metrics.add("MessagesRefused", 1);
    try (FunctionLog.Correlation _ = FunctionLog.of(message)) {
      FunctionLog.refused(LOG, message, why);
    }
  }

  @Override
  public void putOff(String message, String why) {
    metrics.add("MessagesPutOff", 1);
    try (FunctionLog.Correlation _ = FunctionLog.of(message)) {
      FunctionLog.postponed(LOG, message, why);
    }
  }

  @Override
  public void happened(Notice notice) {
    metrics.add(
        switch (notice.kind()) {
          case OPENED -> "IncidentsOpened";
          case REPEATED -> "IncidentsRepeated";
          case CLOSED -> "IncidentsClosed";
        },
        1);
    LOG.atInfo()
        .addKeyValue("site", notice.incident().site())
        .addKeyValue("region", notice.incident().region())
        .addKeyValue("error_class", notice.incident().cause().errorClass().spelling())
        .log("Incident {}", notice.kind().spelling());
  }

  @Override
  public void delivered(ChannelKey channel) {
    metrics.add("NoticesDelivered", 1);
  }

  @Override
  public void postponed(ChannelKey channel, String why) {
    metrics.add("NoticesPutOff", 1);
    about(channel).addKeyValue("reason", why).log("A notice waits on");
  }

  @Override
  public void channelMissing(ChannelKey channel, int waiting) {
    metrics.add("NoticesPutOff", waiting);
    about(channel)
        .addKeyValue("waiting", waiting)
        .log("Notices wait for a channel that this function does not know; an hour at the most");
  }

  @Override
  public void dead(ChannelKey channel, String why) {
    metrics.add("NoticesGivenUp", 1);
    FunctionLog.refused(
        LOG, "a notice for %s of %s".formatted(channel.name(), channel.customer()), why);
  }

  @Override
  public void notRefreshed(ChannelKey channel, String why) {
    metrics.add("RefreshesFailed", 1);
    about(channel)
        .addKeyValue("reason", why)
        .log("Open alerts could not be repeated; the next round tries again");
  }

  @Override
  public void unreadable(String state, RuntimeException why) {
    LOG.atError()
        .addKeyValue("state", state)
        .addKeyValue("reason", FunctionLog.reason(why))
        .log("A site's state can't be read; it counts as well from now on");
  }

  @Override
  public void notKept(RuntimeException why) {
    LOG.atWarn()
        .addKeyValue("reason", FunctionLog.reason(why))
        .log("A notice's document stays; the notice may come once more");
  }

  /** Names are a customer's own, and those that are made up are everybody's. */
  private static LoggingEventBuilder about(ChannelKey channel) {
    return LOG.atWarn()
        .addKeyValue("customer", channel.customer())
        .addKeyValue("channel", channel.name());
  }
}
