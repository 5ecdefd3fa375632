// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.blackbox.ProbeAnswer.Explained;
import dev.weir.monitor.blackbox.ProbeAnswer.Probed;
import dev.weir.monitor.blackbox.ProbeAnswer.Refused;
import dev.weir.monitor.blackbox.ProbeModule.Prober.Unsupported;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.probe.MeasuringThreads;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** Probes as it is asked, one request of the site for each request of ours. Thread-safe. */
public final class BlackboxProbe {

  /** Each holds a page of up to 8 MiB; more at once are told to come again. */
  static final int PROBES_MAX = 100;

  /** Where Prometheus does not say how long it waits. */
  private static final double SCRAPE_SECONDS = 120;

  /** What is left of the scrape's time to bring the answer back. */
  private static final double OFFSET_SECONDS = 0.5;

  private static final Duration TIMEOUT_MIN = Duration.ofMillis(1);

  private final BlackboxModules modules;
  private final Prober prober;
  private final NetworkPolicy policy;
  private final Semaphore free = new Semaphore(PROBES_MAX);
  private final ExecutorService threads = MeasuringThreads.upTo(PROBES_MAX, "probe-");

  /**
   * Of these modules.
   *
   * @param policy of whoever may ask
   */
  public BlackboxProbe(BlackboxModules modules, Prober prober, NetworkPolicy policy) {
    this.modules = modules;
    this.prober = prober;
    this.policy = policy;
  }

  /**
   * Probes, on a thread that measures; who asks may do so on any. An interrupt ends the probe.
   *
   * @param parameters of the query, decoded
   * @param scrapeTimeout the header {@code X-Prometheus-Scrape-Timeout-Seconds}
   */
  public ProbeAnswer probe(Map<String, String> parameters, Optional<String> scrapeTimeout) {
    String name = parameters.getOrDefault("module", "");
    name = name.isEmpty() ? BlackboxModules.DEFAULT_MODULE : name;
    Optional<ProbeModule> found = modules.named(name);
    if (found.isEmpty()) {
      return new Refused(400, "Unknown module \"%s\"".formatted(printable(name)));
    }
    ProbeModule module = found.get();
    if (module.prober() instanceof Unsupported(String reason)) {
      return new Refused(400, "Module \"%s\" is not available: %s".formatted(name, reason));
    }
    String target = parameters.getOrDefault("target", "");
    if (target.isEmpty()) {
      return new Refused(400, "Target parameter is missing");
    }
    Duration timeout;
    try {
      timeout = timeout(scrapeTimeout, module.timeout());
    } catch (NumberFormatException _) {
      return new Refused(
          500,
          "Failed to parse timeout from Prometheus header: \"%s\" is no number of seconds"
              .formatted(printable(scrapeTimeout.orElse(""))));
    }
    if (!free.tryAcquire()) {
      return new Refused(
          503, "%d probes are under way, which is the limit; ask again".formatted(PROBES_MAX));
    }
    try {
      boolean debug = "true".equals(parameters.get("debug"));
      return probe(
          module, new ProbeTarget(target, parameters.getOrDefault("hostname", "")), timeout, debug);
    } catch (CancellationException | RejectedExecutionException e) {
      return new Refused(503, "the probe could not be made: " + e.getMessage());
    } finally {
      free.release();
    }
  }

  private ProbeAnswer probe(
      ProbeModule module, ProbeTarget target, Duration timeout, boolean debug) {
    Optional<String> conflict = target.conflict(module);
    if (conflict.isPresent()) {
      return new Refused(400, conflict.get());
    }
    Optional<ProbeTarget.Planned> planned = target.planned(module, timeout);
    Optional<Run> run =
        planned.map(plan ->
            MeasuringThreads.call(
                threads,
                () -> prober.attempt(plan.check(), Sampling.ONE, plan.expectations(), policy)));
    ProbeResult result = new ProbeResult(module, timeout, run.orElse(null));
    List<ProbeMetric> metrics = result.metrics();
    return debug
        ? new Explained(result.log(target.text()), metrics, module.described())
        : new Probed(metrics);
  }

  /** The scrape's time less the offset, or the module's own where that is shorter. */
  private static Duration timeout(Optional<String> scrape, Optional<Duration> module) {
    double seconds = scrape.filter(text -> !text.isEmpty()).map(Double::parseDouble).orElse(0.0);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw new NumberFormatException();
    }
    double most = (seconds == 0 ? SCRAPE_SECONDS : seconds) - OFFSET_SECONDS;
    Duration scraped = Duration.ofMillis(Math.round(Math.min(most, SCRAPE_SECONDS * 10) * 1000));
    Duration timeout =
        module.isPresent() && (most < 0 || module.get().compareTo(scraped) < 0)
            ? module.get()
            : scraped;
    return timeout.compareTo(TIMEOUT_MIN) < 0 ? TIMEOUT_MIN : timeout;
  }

  private static String printable(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return shown.replaceAll("\\p{Cntrl}", ".");
  }
}
