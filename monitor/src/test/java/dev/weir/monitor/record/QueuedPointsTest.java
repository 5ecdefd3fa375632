// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.schedule.TestRuns;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuedPointsTest {

  private static final TableName TABLE = new TableName("CPTMonitoring", "WebsiteMonitoringData");

  @Test
  void comesBackAsItWent() {
    Series series = Series.of("any name", List.of(new Dimension("siteId", "späti")));
    QueuedPoints queued =
        new QueuedPoints(
            TABLE,
            List.of(
                new Point(series, 0, new Measure.OfDouble(-0.0), Long.MAX_VALUE),
                new Point(series, Long.MAX_VALUE, new Measure.OfBigint(Long.MIN_VALUE)),
                new Point(series, 1, new Measure.OfBigint(-1)),
                new Point(series, 2, new Measure.OfBoolean(true)),
                new Point(series, 3, new Measure.OfVarchar("€ \n \" \0")),
                new Point(
                    series.withMeasureName("check"),
                    4,
                    new Measure.OfMulti(
                        List.of(
                            new Measure.Named("endpoint_up", new Measure.OfBoolean(false)),
                            new Measure.Named("doubtful", new Measure.OfBoolean(true)),
                            new Measure.Named("at", new Measure.OfTimestamp(17)))))));
    assertThat(QueuedPoints.decode(queued.encode())).isEqualTo(queued);
  }

  @Test
  void aCheckRecordTakesLessThan300Bytes() {
    Slot slot =
        new Slot(
            TestRuns.site("shop", Duration.ofMinutes(1)),
            "eu-west-1",
            Instant.parse("2026-11-22T08:00:00Z"));
    SlotResult result = new SlotResult(slot, slot.intendedStart(), TestRuns.up());
    QueuedPoints queued = new QueuedPoints(TABLE, List.of(CheckRecords.point(result)));
    assertThat(queued.encode()).hasSizeLessThan(300);
    assertThat(QueuedPoints.decode(queued.encode())).isEqualTo(queued);
  }

  @Test
  void severalValuesWithinSeveralValuesAreRefusedHoweverDeep() {
    byte[] whole =
        new QueuedPoints(
                TABLE,
                List.of(
                    new Point(
                        Series.of("check", List.of()),
                        1,
                        new Measure.OfMulti(
                            List.of(new Measure.Named("latency", new Measure.OfBoolean(true)))))))
            .encode();
    byte multi = whole[whole.length - 5];
    byte[] deep = Arrays.copyOf(whole, 250_000);
    for (int i = whole.length - 2; i < deep.length - 2; i += 3) {
      deep[i] = multi;
      deep[i + 1] = 1;
      deep[i + 2] = whole[whole.length - 3];
    }
    assertThatThrownBy(() -> QueuedPoints.decode(deep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a queued result has several values within one");
  }

  @Test
  void refusesWhatItCannotRead() {
    byte[] whole =
        new QueuedPoints(
                TABLE,
                List.of(
                    new Point(Series.of("m", List.of()), 1, new Measure.OfVarchar("some text"))))
            .encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> QueuedPoints.decode(part))
          .as("first %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    whole[0] = 9;
    assertThatThrownBy(() -> QueuedPoints.decode(whole))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a queued result is of version 9");
  }
}
