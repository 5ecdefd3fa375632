// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import com.google.re2j.PatternSyntaxException;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Sampling.Connections;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.TlsSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a run of a check's requests: one after another, judged each and together, until so many
 * have failed that the others can't change it; repeated where a failure has to be confirmed. What
 * can't be done for a reason of our own, such as a secret that can't be read, is a failed run that
 * says nothing of the site. Thread-safe.
 *
 * <p>An interrupt ends a run: with what it has by then, the request under way as a timeout. {@link
 * MeasuringThreads} and virtual threads are ended within a socket too, others when the part under
 * way ends. What is measured on a virtual thread has its detours in it.
 */
public final class SiteProber implements Prober {

  private final Connector connector;
  private final TlsContexts contexts;
  private final HttpConnections connections;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Pause pause;
  private final String userAgent;

  /** Waits between attempts. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration length) throws InterruptedException;
  }

  /**
   * Of these parts.
   *
   * @param clock for certificates
   * @param version of Weir, told to sites in the User-Agent
   */
  public SiteProber(
      Resolver resolver, Secrets secrets, InstantSource clock, Pause pause, String version) {
    this(new Connector(resolver), secrets, clock, pause, version);
  }

  SiteProber(
      Connector connector, Secrets secrets, InstantSource clock, Pause pause, String version) {
    this.connector = connector;
    this.contexts = new TlsContexts(secrets, clock);
    this.connections = new HttpConnections(connector, contexts);
    this.secrets = secrets;
    this.clock = clock;
    this.pause = pause;
    this.userAgent = "weir/" + version;
  }

  /**
   * Makes a few requests over HTTP, HTTPS and HTTP/2 to this process itself, so that the first real
   * one is measured as the later ones are. For processes that measure as soon as they start; about
   * half a second then.
   *
   * @return false where it could not be done
   */
  public boolean warmUp() {
    contexts.of(TlsSettings.SYSTEM);
    // Its certificate is no reference to anything.
    SiteProber itself =
        new SiteProber(Resolver.system(), Secret::reference, clock, pause, "warm-up");
    return WarmUp.run(itself, clock.instant());
  }

  @Override
  public Run run(Site site, NetworkPolicy policy) {
    Confirmation confirmation = site.confirmation();
    for (int attempts = 1; true; attempts++) {
      Run run = attempt(site.check(), site.sampling(), site.expectations(), policy);
      Run counted = new Run(run.measurements(), attempts, run.failure(), run.doubtful());
      if (run.up() || attempts >= confirmation.attempts() || !paused(spacing(site))) {
        return counted;
      }
    }
  }

  /**
   * Closer where the pauses would take more than half of the interval: no slot is missed for them.
   */
  private static Duration spacing(Site site) {
    Confirmation confirmation = site.confirmation();
    Duration most = site.interval().dividedBy(2L * Math.max(1, confirmation.attempts() - 1));
    return confirmation.spacing().compareTo(most) < 0 ? confirmation.spacing() : most;
  }

  /** False where the run is to end. */
  private boolean paused(Duration spacing) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    try {
      pause.pause(spacing);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Run attempt(
      Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
    try {
      List<Measurement> measurements = measure(check, sampling, expectations, policy);
      Failure failure = RunJudge.failure(measurements, sampling.requests(), expectations.latency());
      Run run = new Run(measurements, 1, failure, false);
      return siteIsQuoted(run) ? SentSecrets.of(check, secrets).without(run) : run;
    } catch (Unable | IllegalArgumentException | PatternSyntaxException e) {
      return unable(check, e);
    }
  }

  /** Only sentences of failures and addresses of redirects have words of the site's in them. */
  private static boolean siteIsQuoted(Run run) {
    return run.measurements().stream()
        .anyMatch(each -> !each.succeeded() || each.hops().size() > 1);
  }

  private List<Measurement> measure(
      Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
    boolean warm = sampling.connections() == Connections.WARM;
    return switch (check) {
      case Check.Http http ->
          requests(
              new HttpProbe(connections, secrets, policy, userAgent, warm),
              http,
              sampling.requests(),
              expectations);
      case Check.Tcp tcp ->
          requests(
              new TcpProbe(connector, contexts, secrets, policy),
              tcp,
              sampling.requests(),
              expectations);
      case Check.Tls tls ->
          requests(
              new TlsProbe(connector, contexts, policy), tls, sampling.requests(), expectations);
      case Check.Dns dns ->
          requests(
              new DnsProbe(connector, policy, DnsProbe::systemServer),
              dns,
              sampling.requests(),
              expectations);
    };
  }

  private <C extends Check> List<Measurement> requests(
      Probe<C> probe, C check, int count, Expectations expectations) {
    Judge judge = new Judge(expectations, clock);
    List<Measurement> measurements = new ArrayList<>(count);
    try (probe) {
      do {
        long deadline = System.nanoTime() + check.timeouts().total().toNanos();
        measurements.add(judge.judge(probe.request(check, deadline)).withoutBody());
      } while (measurements.size() < count
          && !RunJudge.down(measurements, count)
          && !Thread.currentThread().isInterrupted());
    }
    return measurements;
  }

  private static String withoutUser(String uri) {
    return uri.replaceFirst("//[^/?#]*@", "//");
  }

  private static Run unable(Check check, RuntimeException reason) {
    String target =
        switch (check) {
          case Check.Http http -> withoutUser(http.uri().toString());
          case Check.Tcp tcp -> tcp.host() + ":" + tcp.port();
          case Check.Tls tls -> tls.host() + ":" + tls.port();
          case Check.Dns dns -> dns.name();
        };
    Failure failure =
        new Failure(
            ErrorClass.PROTOCOL, "the check can't be made: %s".formatted(reason.getMessage()));
    Hop none = new Hop(target, Phases.NONE, null, null, null);
    return new Run(List.of(new Measurement(0, List.of(none), null, failure)), 1, failure, true);
  }
}
