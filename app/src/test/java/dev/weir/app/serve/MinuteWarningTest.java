// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class MinuteWarningTest {

  private final Logger log = new LoggerContext().getLogger("store");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Instant now = Instant.parse("2026-11-21T22:00:00Z");
  private final MinuteWarning warning = new MinuteWarning(log, () -> now, "A commit failed");

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @Test
  void saysTheFirstAtOnceAndTheOthersAfterAMinute() {
    warning.warn("no space");
    warning.warn("no space");
    now = now.plusSeconds(59);
    warning.warn("no space");
    assertThat(lines.list).hasSize(1);

    now = now.plusSeconds(1);
    warning.warn("read-only");

    assertThat(lines.list).hasSize(2);
    assertThat(pairs(0)).containsExactly("reason=\"no space\"", "times=\"1\"");
    assertThat(pairs(1)).containsExactly("reason=\"read-only\"", "times=\"3\"");
  }

  private List<String> pairs(int line) {
    return lines.list.get(line).getKeyValuePairs().stream().map(KeyValuePair::toString).toList();
  }
}
