// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.checks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
    metrics.delivered("hook");
    metrics.postponed("hook", "the receiver answered 503");
    metrics.postponed("hook", "the receiver answered 503");
    metrics.postponed("hook", "${env:HOOK} is not set");
    metrics.postponed("other", "the receiver answered 503");
    metrics.delivered("hook");
    metrics.delivered("hook");
    assertThat(lines())
        .containsExactly(
            "A notice could not be delivered; it is tried again for a day"
                + " [channel=\"hook\", reason=\"the receiver answered 503\"]",
            "A notice could not be delivered; it is tried again for a day"
                + " [channel=\"hook\", reason=\"${env:HOOK} is not set\"]",
            "A notice could not be delivered; it is tried again for a day"
                + " [channel=\"other\", reason=\"the receiver answered 503\"]",
            "Notices are delivered again [channel=\"hook\"]");
  }

  private List<String> lines() {
    return logged.list.stream()
        .map(line -> line.getMessage() + " " + line.getKeyValuePairs())
        .toList();
  }
}
