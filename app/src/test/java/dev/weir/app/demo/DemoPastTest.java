// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.store.PointWriter;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoPastTest {

  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

  @Test
  void eachWriteHasItsWholeTimeHoweverLongThoseBeforeItTook() {
    List<Instant> deadlines = new ArrayList<>();
    Instant[] clock = {NOW.plusSeconds(59)};
    PointWriter slow =
        (_, batch, deadline) -> {
          assertThat(batch.isEmpty()).isFalse();
          deadlines.add(deadline);
          clock[0] = clock[0].plusSeconds(50);
          return new WriteOutcome(batch.size(), 0, List.of());
        };
    DemoSite demo = DemoSite.all().getFirst();
    new DemoPast(slow, new TableName("past", "checks"), () -> clock[0])
        .write(site(demo), demo, "local", NOW.minus(Duration.ofDays(20)), NOW);
    assertThat(deadlines).hasSizeGreaterThan(2);
    for (int write = 0; write < deadlines.size(); write++) {
      assertThat(deadlines.get(write))
          .isAfterOrEqualTo(NOW.plusSeconds(59 + 50L * write).plus(Duration.ofMinutes(1)));
    }
  }

  private static Site site(DemoSite demo) {
    String text = "sites:\n  - {id: %s, endpoint: 'http://127.0.0.1:1/'}\n".formatted(demo.id());
    return switch (new SiteReader("local").read("sites.yaml", text)) {
      case SiteReader.Reading.Sites(List<Site> read) -> read.getFirst();
      case SiteReader.Reading.Refused refused ->
          throw new AssertionError(String.valueOf(refused.problems()));
    };
  }
}
