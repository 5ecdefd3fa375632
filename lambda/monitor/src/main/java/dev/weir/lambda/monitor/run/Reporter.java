// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import static java.util.Objects.requireNonNull;

import dev.weir.lambda.monitor.queue.MessageQueue;
import dev.weir.lambda.monitor.queue.MessageQueue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports while other sites are still run, so that a function that is killed loses few; ten
 * at a time, since a call with ten costs as much as a call with one. For one invocation.
 */
final class Reporter {

  /** Others are waited for so long before a report is sent. */
  private static final Duration LINGER = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  private record Report(@Nullable Task task, String text) {}

  private static final Report END = new Report(null, "");

  private final MessageQueue queue;
  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  private final Set<Task> sent = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  Reporter(MessageQueue queue) {
    this.queue = queue;
    this.thread = Thread.ofVirtual().name("reports").start(this::keepSending);
  }

  void add(Task task, String report) {
    reports.add(new Report(task, report));
  }

  /**
   * Sends the rest; nothing can be added any more.
   *
   * @param most how long it may take
   * @return what has been sent, as the queue has confirmed it
   */
  Set<Task> finish(Duration most) {
    reports.add(END);
    try {
      if (!thread.join(most)) {
        LOG.error("No time is left to send reports; what is not sent is run again");
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new HashSet<>(sent);
  }

  private void keepSending() {
    try {
      boolean more = true;
      while (more) {
        List<Report> batch = new ArrayList<>();
        more = gather(batch);
        send(batch);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // What is not sent counts as such.
    }
  }

  /** Returns whether there may be more. */
  private boolean gather(List<Report> batch) throws InterruptedException {
    Report next = reports.take();
    long end = System.nanoTime() + LINGER.toNanos();
    while (next != null && !next.equals(END)) {
      batch.add(next);
      if (batch.size() == MessageQueue.BATCH_MAX) {
        return true;
      }
      next = reports.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
    return !END.equals(next);
  }

  private void send(List<Report> batch) {
    Map<Message, Task> tasks = new IdentityHashMap<>();
    List<Message> messages = new ArrayList<>();
    for (Report report : batch) {
      Message message = new Message(report.text());
      messages.add(message);
      tasks.put(message, requireNonNull(report.task()));
    }
    try {
      queue.send(messages).forEach(tasks::remove);
      sent.addAll(tasks.values());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("{} reports could not be sent", batch.size());
    }
  }
}
