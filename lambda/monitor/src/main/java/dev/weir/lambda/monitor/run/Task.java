// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.monitor.schedule.Slot;
import java.util.concurrent.atomic.AtomicBoolean;

/** One slot that an invocation is to see to. Told once, by whoever is first. */
final class Task {

  private final Work work;
  private final String part;
  private final Slot slot;
  private final boolean planned;
  private final AtomicBoolean told = new AtomicBoolean();

  Task(Work work, String part, Slot slot, boolean planned) {
    this.work = work;
    this.part = part;
    this.slot = slot;
    this.planned = planned;
  }

  Work work() {
    return work;
  }

  /** Its place in the order. */
  String part() {
    return part;
  }

  Slot slot() {
    return slot;
  }

  /** Whether a tick planned it to the moment; a schedule names a minute alone. */
  boolean isPlanned() {
    return planned;
  }

  /** True for the first who asks. */
  boolean tell() {
    return told.compareAndSet(false, true);
  }

  boolean isTold() {
    return told.get();
  }
}
