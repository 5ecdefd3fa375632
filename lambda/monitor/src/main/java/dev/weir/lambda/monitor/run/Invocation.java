// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.lambda.monitor.report.ReportText;
import dev.weir.lambda.monitor.report.SlotReport;
import dev.weir.monitor.probe.MeasuringThreads;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.SlotResult;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the slots of an invocation side by side, earliest first, and has each reported. When its
 * time is nearly over it ends what is under way: those slots, and those that have not begun, are
 * missed, except where a first attempt has failed by itself. Thread-safe.
 */
final class Invocation {

  /** Kept for ending runs, sending the last reports and giving claims back. */
  static final Duration MARGIN = Duration.ofSeconds(3);

  /** Runs that are interrupted end in a moment. */
  private static final Duration CUT_MAX = Duration.ofMillis(500);

  private final CheckParts parts;
  private final SlotRuns slots;

  Invocation(CheckParts parts) {
    this.parts = parts;
    this.slots = new SlotRuns(parts.prober(), parts.policy(), parts.clock(), parts.pause());
  }

  /**
   * Blocks until all slots have been told of, or the time is over.
   *
   * @return what has been reported
   */
  Set<Task> run(List<Task> tasks, Duration remaining) {
    if (tasks.isEmpty()) {
      return new HashSet<>();
    }
    long now = System.nanoTime();
    Duration quarter = remaining.dividedBy(4);
    Duration margin = quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN;
    Round round = new Round(now + remaining.minus(margin).toNanos());
    Span span = parts.tracer().spanBuilder("checks").startSpan();
    span.setAttribute("sites", tasks.size());
    try {
      round.run(tasks, Context.current().with(span));
      long left = now + remaining.minus(margin.dividedBy(3)).toNanos() - System.nanoTime();
      Set<Task> sent = round.reporter.finish(Duration.ofNanos(Math.max(0, left)));
      if (sent.size() < tasks.size()) {
        parts.counts().accept("ReportsUnsent", tasks.size() - sent.size());
        span.setStatus(StatusCode.ERROR, "reports could not be sent");
      }
      return sent;
    } finally {
      span.end();
    }
  }

  private static List<Task> earliestFirst(List<Task> tasks) {
    return tasks.stream()
        .sorted(Comparator.comparing((Task task) -> task.slot().intendedStart()))
        .toList();
  }

  /** What one invocation has in common. */
  private final class Round {

    private final long endNanos;
    private final Reporter reporter = new Reporter(parts.results());
    private final OrderDoubt doubt = new OrderDoubt(parts.reachable());
    private final AtomicBoolean cut = new AtomicBoolean();

    Round(long endNanos) {
      this.endNanos = endNanos;
    }

    void run(List<Task> tasks, Context context) {
      int width = Math.min(parts.concurrency(), tasks.size());
      Semaphore places = new Semaphore(width);
      ExecutorService threads = MeasuringThreads.upTo(width, "check-");
      try {
        for (Task task : earliestFirst(tasks)) {
          if (!acquired(places, 1)) {
            break;
          }
          begin(task, threads, places, context);
        }
        acquired(places, width);
        cut.set(true);
        threads.shutdownNow();
        if (!threads.awaitTermination(CUT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
          parts.counts().accept("RunsLeftBehind", 1);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      tasks.stream()
          .filter(task -> !task.isTold())
          .forEach(task -> tell(task, slots.missed(task.slot(), Miss.Reason.TIME)));
    }

    /** False where the time is over. */
    private boolean acquired(Semaphore places, int wanted) {
      try {
        return places.tryAcquire(wanted, endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private void begin(Task task, ExecutorService threads, Semaphore places, Context context) {
      try {
        threads.execute(() -> {
          try {
            tell(task, traced(task, context));
          } finally {
            places.release();
          }
        });
      } catch (RejectedExecutionException _) {
        places.release();
        tell(task, slots.missed(task.slot(), Miss.Reason.SATURATION));
      }
    }

    private SlotResult traced(Task task, Context context) {
      Span span = parts.tracer().spanBuilder("check").setParent(context).startSpan();
      try {
        SlotResult result = slots.run(task.slot(), task.isPlanned(), doubt, cut::get);
        span.setAttribute("site", task.slot().site().key().toString());
        span.setAttribute("region", task.slot().region());
        Run run = result.run();
        if (result.miss() != null) {
          span.setStatus(StatusCode.ERROR, result.miss().reason().sentence());
        } else if (run != null && run.failure() != null) {
          span.setAttribute("error_class", run.failure().errorClass().spelling());
        }
        return result;
      } finally {
        span.end();
      }
    }

    private void tell(Task task, SlotResult result) {
      if (!task.tell()) {
        return;
      }
      Run run = result.run();
      parts.counts().accept(run == null ? "ChecksMissed" : "ChecksRun", 1);
      if (run != null && !run.up()) {
        parts.counts().accept(run.doubtful() ? "ChecksDoubtful" : "ChecksFailed", 1);
      }
      reporter.add(task, ReportText.write(SlotReport.of(result, parts.tables(), parts.layout())));
    }
  }
}
