// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineEncoderTest {

  private static final String TAIL = "ts=2026-11-21T22:30:00.123Z level=warn logger=dev.weir.Gate ";

  @Test
  void writesLogfmt() {
    assertThat(line(new LogfmtLine(), "shut", null, new KeyValuePair("height_m", 3)))
        .isEqualTo(TAIL + "message=shut height_m=3\n");
  }

  @Test
  void quotesWhatLogfmtWouldMisread() {
    assertThat(
            line(
                new LogfmtLine(),
                "half \"shut\"\nand\u001b[0m",
                null,
                new KeyValuePair("a key", "a=b"),
                new KeyValuePair("empty", ""),
                new KeyValuePair("none", null)))
        .isEqualTo(
            TAIL
                + "message=\"half \\\"shut\\\"\\nand\\u001b[0m\" a_key=\"a=b\" empty=\"\""
                + " none=null\n");
  }

  @Test
  void writesJson() {
    assertThat(
            line(
                new JsonLine(),
                "half \"shut\"",
                null,
                new KeyValuePair("height_m", 3),
                new KeyValuePair("ratio", Double.NaN),
                new KeyValuePair("open", false)))
        .isEqualTo(
            "{\"ts\":\"2026-11-21T22:30:00.123Z\",\"level\":\"warn\",\"logger\":\"dev.weir.Gate\","
                + "\"message\":\"half \\\"shut\\\"\",\"height_m\":3,\"ratio\":\"NaN\","
                + "\"open\":false}\n");
  }

  @Test
  void foldsAStackTraceIntoOneField() {
    Exception failure = new IllegalStateException("stuck", new RuntimeException("rust"));
    for (LogLine format : List.of(new LogfmtLine(), new JsonLine())) {
      String line = line(format, "jammed", failure);
      assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
      assertThat(line)
          .contains("java.lang.IllegalStateException: stuck\\n\\tat ")
          .contains("Caused by: java.lang.RuntimeException: rust");
    }
  }

  private static String line(
      LogLine format, String message, @Nullable Throwable thrown, KeyValuePair... pairs) {
    Logger logger = new LoggerContext().getLogger("dev.weir.Gate");
    LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, thrown, new Object[0]);
    event.setInstant(Instant.parse("2026-11-21T22:30:00.123Z"));
    for (KeyValuePair pair : pairs) {
      event.addKeyValuePair(pair);
    }
    return new String(new LogLineEncoder(format).encode(event), StandardCharsets.UTF_8);
  }
}
