// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sites and runs for tests. */
public final class TestRuns {

  public static final String REGION = "eu-west-1";

  private TestRuns() {}

  public static SiteKey key(String id) {
    return new SiteKey(SiteKey.DEFAULT_CUSTOMER, id);
  }

  public static Check check() {
    return new Check.Tcp(
        "localhost",
        80,
        List.of(),
        Optional.empty(),
        Check.AddressFamily.PREFER_IPV4,
        Check.Timeouts.of(Duration.ofSeconds(1)));
  }

  public static Site site(String id, Duration interval) {
    return site(key(id), interval, List.of(REGION), true);
  }

  public static Site site(SiteKey key, Duration interval, List<String> regions, boolean enabled) {
    return new Site(
        key,
        "tcp://localhost:80",
        interval,
        regions,
        enabled,
        check(),
        Sampling.ONE,
        Expectations.DEFAULT,
        Confirmation.ONCE,
        IncidentRules.DEFAULT);
  }

  public static Measurement measured(Duration latency) {
    long nanos = latency.toNanos();
    Phases phases = new Phases(0, nanos / 4, Phases.NOT_REACHED, 0, nanos - nanos / 4, 0);
    return new Measurement(
        nanos, List.of(new Hop("http://localhost/", phases, null, 200, "HTTP/1.1")), null, null);
  }

  public static Run up() {
    return new Run(List.of(measured(Duration.ofMillis(12))), 1, null, false);
  }

  public static Run down() {
    Failure failure = new Failure(ErrorClass.CONNECT_REFUSED, "localhost:80 refused.");
    Phases phases =
        new Phases(
            0,
            1_000,
            Phases.NOT_REACHED,
            Phases.NOT_REACHED,
            Phases.NOT_REACHED,
            Phases.NOT_REACHED);
    Hop hop = new Hop("localhost:80", phases, null, null, null);
    return new Run(List.of(new Measurement(1_000, List.of(hop), null, failure)), 1, failure, false);
  }

  /** A prober whose runs are what this function says. */
  public static Prober prober(Function<Site, Run> runs) {
    return new Prober() {
      @Override
      public Run run(Site site, NetworkPolicy policy) {
        return runs.apply(site);
      }

      @Override
      public Run attempt(
          Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
        throw new UnsupportedOperationException("the test asks for runs of sites only");
      }
    };
  }

  /** Runs without a doubt. */
  static SiteRuns siteRuns(Prober prober) {
    NetworkPolicy any = _ -> true;
    return new SiteRuns(
        prober, _ -> any, new Doubt(new Anchors(List.of(), prober, any, () -> Instant.EPOCH)));
  }
}
