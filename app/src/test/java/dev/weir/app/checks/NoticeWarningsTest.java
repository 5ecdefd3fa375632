// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.checks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.monitor.notice.ChannelKey;
import dev.weir.server.metrics.CheckMetrics;
import dev.weir.server.metrics.WeirMetrics;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator reads while a receiver of notices does not take them. */
final class NoticeWarningsTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(CheckMetrics.class);

  /** Two channels of one name. */
  private static final ChannelKey HOOK = new ChannelKey("acme", "hook");

  private static final ChannelKey OTHER = new ChannelKey("other", "hook");

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final CheckMetrics metrics = new CheckMetrics(new WeirMetrics("test"));

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.INFO); // Whatever the settings of another test have left.
    logged.start();
    LOG.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    LOG.detachAppender(logged);
  }

  @Test
  void saysOnceWhatAChannelWaitsForAndWhenItHasGoneOn() {
    metrics.delivered(HOOK);
    metrics.postponed(HOOK, "the receiver answered 503");
    metrics.postponed(HOOK, "the receiver answered 503");
    metrics.postponed(HOOK, "${env:HOOK} is not set");
    metrics.postponed(OTHER, "the receiver answered 503");
    metrics.delivered(HOOK);
    metrics.delivered(HOOK);
    assertThat(lines())
        .containsExactly(
            "A notice could not be delivered; it is tried again for a day"
                + " [customer=\"acme\", channel=\"hook\", reason=\"the receiver answered 503\"]",
            "A notice could not be delivered; it is tried again for a day"
                + " [customer=\"acme\", channel=\"hook\", reason=\"${env:HOOK} is not set\"]",
            "A notice could not be delivered; it is tried again for a day"
                + " [customer=\"other\", channel=\"hook\", reason=\"the receiver answered 503\"]",
            "Notices are delivered again [customer=\"acme\", channel=\"hook\"]");
  }

  @Test
  void saysOnceWhyOpenAlertsAreNotRepeated() {
    metrics.refreshed(HOOK);
    metrics.notRefreshed(HOOK, "the receiver answered 401");
    metrics.notRefreshed(HOOK, "the receiver answered 401");
    metrics.notRefreshed(OTHER, "the receiver answered 401");
    metrics.refreshed(HOOK);
    metrics.refreshed(HOOK);
    metrics.delivered(OTHER); // Its alert has ended: nothing is left to repeat.
    metrics.notRefreshed(OTHER, "the receiver answered 401");
    String failed = "Open alerts could not be repeated; it is tried again each minute";
    String why = "reason=\"the receiver answered 401\"]";
    assertThat(lines())
        .containsExactly(
            failed + " [customer=\"acme\", channel=\"hook\", " + why,
            failed + " [customer=\"other\", channel=\"hook\", " + why,
            "Open alerts can be repeated again [customer=\"acme\", channel=\"hook\"]",
            "Open alerts can be repeated again [customer=\"other\", channel=\"hook\"]",
            failed + " [customer=\"other\", channel=\"hook\", " + why);
  }

  private List<String> lines() {
    return logged.list.stream()
        .map(line -> line.getMessage() + " " + line.getKeyValuePairs())
        .toList();
  }
}
