// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sites and results for tests; slots are minutes. */
final class Results {

  static final Instant START = Instant.parse("2026-03-10T12:00:00Z");

  private Results() {}

  static Site site(IncidentRules rules) {
    return site(new SiteKey("acme", "shop"), rules);
  }

  static Site site(SiteKey key, IncidentRules rules) {
    return new Site(
        key,
        "tls://shop.example:443",
        Duration.ofMinutes(1),
        List.of("local"),
        true,
        new Check.Tls(
            "shop.example",
            443,
            TlsSettings.SYSTEM,
            Check.AddressFamily.PREFER_IPV4,
            Check.Timeouts.of(Duration.ofSeconds(10))),
        Sampling.ONE,
        Expectations.DEFAULT,
        Confirmation.ONCE,
        rules);
  }

  static SlotResult up(Site site, int minute) {
    return result(site, minute, null);
  }

  static SlotResult down(Site site, int minute) {
    return result(
        site, minute, new Failure(ErrorClass.CONNECT_REFUSED, "shop.example:443 refused"));
  }

  static SlotResult missed(Site site, int minute) {
    Slot slot = slot(site, minute);
    return new SlotResult(slot, slot.intendedStart(), new Miss(Miss.Reason.OVERLAP, 1));
  }

  private static SlotResult result(Site site, int minute, @Nullable Failure failure) {
    Slot slot = slot(site, minute);
    Hop hop = new Hop("shop.example:443", Phases.NONE, null, null, null);
    Measurement measurement = new Measurement(1_000_000, List.of(hop), null, failure);
    return new SlotResult(
        slot, slot.intendedStart(), new Run(List.of(measurement), 1, failure, false));
  }

  private static Slot slot(Site site, int minute) {
    return new Slot(site, "local", START.plusSeconds(60L * minute));
  }
}
