// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.lambda.monitor.order.OrderReader;
import dev.weir.lambda.monitor.schedule.PlannedSchedule.ShardTicks;
import dev.weir.lambda.monitor.schedule.PlannedSchedule.SiteRuns;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannedScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "1m, rate(1 minute)",
    "60s, rate(1 minute)",
    "2m, rate(2 minutes)",
    "1h, rate(60 minutes)",
    "24h, rate(1440 minutes)"
  })
  void b1OneMinuteIsSingular(String interval, String rate) {
    assertThat(new SiteRuns(Samples.site("default", "shop", interval)).rate()).isEqualTo(rate);
    assertThat(new ShardTicks(0).rate()).isEqualTo("cron(* * * * ? *)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "30s", "90s", "61s", "1m500ms"})
  void whatIsNotWholeMinutesIsForTheTick(String interval) {
    Site site = Samples.site("default", "shop", interval);
    assertThat(PlannedSchedule.fits(site.interval())).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SiteRuns(site))
        .withMessageContaining("default/shop");
  }

  @ParameterizedTest
  @CsvSource({"1m, 60", "3m, 180", "5m, 300", "1h, 300"})
  void aCallIsNotMadeLaterThanItsNextOneOrFiveMinutes(String interval, long seconds) {
    assertThat(new SiteRuns(Samples.site("default", "shop", interval)).lateness().toSeconds())
        .isEqualTo(seconds);
    assertThat(new ShardTicks(0).lateness().toSeconds()).isEqualTo(60);
  }

  @Test
  void b2TheInputIsTheSiteWhateverItsTextsHold() {
    Site site =
        Samples.site(
            "\"SiteId\":\"quotes\",\"rate\":1,\"latencyConstraint\":2,\"endpoint\":\"https://shop.example/\",\"testString\":\"\\\",\\\"siteId\\\":\\\"other\\\""
                + " \\\\ \\n"
                + " </script> <time>\"");
    String input = new SiteRuns(site).input("eu-west-1", "<time>");
    assertThat(input.indexOf('<')).isEqualTo(input.indexOf("<time>"));
    assertThat(input.lastIndexOf('<')).isEqualTo(input.indexOf("<time>"));
    OrderReader.Reading read = OrderReader.read(input.replace("<time>", "2026-11-22T10:00:00Z"));
    assertThat(read.refused()).isEmpty();
    assertThat(read.order())
        .contains(
            new CheckOrder(
                Instant.parse("2026-11-22T10:00:00Z"),
                "eu-west-1",
                List.of(new CheckOrder.Entry(site))));
  }

  @Test
  void aPurposeIsReadFromItsDescriptionAndFromNobodyElses() {
    Purpose site = new Purpose.OfSite(new SiteKey("acme", "a.b-c_d"));
    Purpose shard = new Purpose.OfShard(12);
    assertThat(Purpose.of(site.description())).contains(site);
    assertThat(Purpose.of(shard.description())).contains(shard);
    assertThat(Purpose.of("")).isEmpty();
    assertThat(Purpose.of("CPT Monitorint trigger for shop")).isEmpty();
    assertThat(Purpose.of("Weir: site ../shop")).isEmpty();
    assertThat(Purpose.of("Weir: site acme/shop and more")).isEmpty();
  }
}
