// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.record.RecordListener;
import dev.weir.monitor.record.Recorder;
import dev.weir.monitor.record.RecorderOptions;
import dev.weir.monitor.schedule.Anchors;
import dev.weir.monitor.schedule.Doubt;
import dev.weir.monitor.schedule.ScheduleListener;
import dev.weir.monitor.schedule.ScheduleOptions;
import dev.weir.monitor.schedule.Scheduler;
import dev.weir.monitor.schedule.SiteRuns;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.PointWriter;
import dev.weir.store.WriteOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Many sites, each checked over HTTP with one request on a connection of its own, results recorded
 * into a store that takes everything: how much later than meant do the checks begin?
 */
public final class ScheduleLoad {

  private static final String USAGE =
      "usage: checks-schedule [--sites=5000] [--interval=10] [--warm-up=20] [--seconds=30]"
          + " [--limit-millis=50]";
  private static final String REGION = "here";

  private final Instant measureFrom;
  private final Instant measureTo;
  private final List<SlotResult> results = new ArrayList<>();

  private ScheduleLoad(Instant measureFrom, Instant measureTo) {
    this.measureFrom = measureFrom;
    this.measureTo = measureTo;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, Integer> options =
        new HashMap<>(
            Map.of(
                "--sites", 5_000,
                "--interval", 10,
                "--warm-up", 20,
                "--seconds", 30,
                "--limit-millis", 50));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length != 2 || !options.containsKey(parts[0])) {
        System.err.println(USAGE);
        System.exit(1);
      }
      options.put(parts[0], Integer.valueOf(parts[1]));
    }
    System.exit(run(options) ? 0 : 1);
  }

  private static boolean run(Map<String, Integer> options)
      throws IOException, InterruptedException {
    Process site =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PlainSite.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path folder = Files.createTempDirectory("checks-schedule");
    try (BufferedReader out = site.inputReader()) {
      URI address = URI.create("http://127.0.0.1:" + out.readLine() + "/");
      Duration warmUp = Duration.ofSeconds(options.get("--warm-up"));
      Duration measured = Duration.ofSeconds(options.get("--seconds"));
      Instant from = Instant.now().plus(warmUp);
      ScheduleLoad load = new ScheduleLoad(from, from.plus(measured));
      try (Recorder recorder = recorder(folder);
          Scheduler scheduler = scheduler(load, recorder)) {
        for (int i = 0; i < options.get("--sites"); i++) {
          scheduler.put(site(i, address, Duration.ofSeconds(options.get("--interval"))));
        }
        scheduler.start();
        TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
        Duration cpuBefore = cpu();
        TimeUnit.MILLISECONDS.sleep(measured.toMillis());
        Duration cpu = cpu().minus(cpuBefore);
        return load.report(measured, cpu, options.get("--limit-millis"));
      }
    } finally {
      site.destroy();
      delete(folder);
    }
  }

  private static Recorder recorder(Path folder) {
    PointWriter takesAll = (_, batch, _) -> new WriteOutcome(batch.size(), 0, List.of());
    return Recorder.open(
        RecorderOptions.of(folder), takesAll, _ -> {}, RecordListener.NONE, InstantSource.system());
  }

  private static Scheduler scheduler(ScheduleLoad load, Recorder recorder) {
    InstantSource clock = InstantSource.system();
    NetworkPolicy any = _ -> true;
    Prober prober =
        new SiteProber(Resolver.system(), Secret::reference, clock, Thread::sleep, "benchmark");
    return new Scheduler(
        ScheduleOptions.of(REGION),
        new SiteRuns(prober, _ -> any, new Doubt(new Anchors(List.of(), prober, any, clock))),
        result -> {
          recorder.accept(result);
          load.take(result);
        },
        ScheduleListener.NONE,
        clock);
  }

  private static Site site(int number, URI address, Duration interval) {
    return new Site(
        new SiteKey(SiteKey.DEFAULT_CUSTOMER, "site-" + number),
        address.toString(),
        interval,
        List.of(REGION),
        true,
        new Check.Http(
            address,
            "GET",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            TlsSettings.SYSTEM,
            Check.Redirects.TEN,
            Check.AddressFamily.PREFER_IPV4,
            Check.HttpVersion.HTTP_1_1,
            Check.Http.BODY_LIMIT_BYTES,
            Check.Timeouts.of(Duration.ofSeconds(5))),
        Sampling.ONE,
        Expectations.DEFAULT,
        Confirmation.ONCE,
        IncidentRules.DEFAULT);
  }

  private synchronized void take(SlotResult result) {
    Instant slot = result.slot().intendedStart();
    if (!slot.isBefore(measureFrom) && slot.isBefore(measureTo)) {
      results.add(result);
    }
  }

  /** Whether the limit is kept and every slot was run and found the site up. */
  private synchronized boolean report(Duration measured, Duration cpu, int limitMillis) {
    long[] lags =
        results.stream()
            .filter(result -> !result.missed())
            .mapToLong(result -> result.lag().toNanos())
            .sorted()
            .toArray();
    if (lags.length == 0) {
      System.out.println("no check was made");
      return false;
    }
    long missed = results.size() - lags.length;
    long down = results.stream().filter(each -> each.run() != null && !each.run().up()).count();
    long[] latencies =
        results.stream()
            .filter(each -> each.run() != null && each.run().up())
            .mapToLong(each -> each.run().latenciesNanos()[0])
            .sorted()
            .toArray();
    System.out.printf(
        "%,d checks in %d s (%.0f/s), %d missed, %d down; CPU %.0f us a check%n",
        lags.length,
        measured.toSeconds(),
        lags.length / (double) measured.toSeconds(),
        missed,
        down,
        cpu.toNanos() / 1e3 / lags.length);
    print("lag ms", lags);
    if (latencies.length > 0) {
      print("latency ms", latencies);
    }
    boolean kept = percentile(lags, 0.99) <= limitMillis * 1e6;
    System.out.printf("lag p99 of at most %d ms: %s%n", limitMillis, kept ? "kept" : "NOT KEPT");
    return kept && missed == 0 && down == 0;
  }

  private static void print(String what, long[] sortedNanos) {
    System.out.printf(
        "%-10s  p50 %.2f  p95 %.2f  p99 %.2f  p99.9 %.2f  max %.2f%n",
        what,
        percentile(sortedNanos, 0.5) / 1e6,
        percentile(sortedNanos, 0.95) / 1e6,
        percentile(sortedNanos, 0.99) / 1e6,
        percentile(sortedNanos, 0.999) / 1e6,
        sortedNanos[sortedNanos.length - 1] / 1e6);
  }

  private static double percentile(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
