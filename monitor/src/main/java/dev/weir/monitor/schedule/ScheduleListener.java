// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import java.time.Duration;

/** Hears what an operator wants to count. Thread-safe, quick, throws nothing. */
public interface ScheduleListener {

  /** One that does not listen. */
  ScheduleListener NONE = new ScheduleListener() {};

  /** A run began, so much later than intended. */
  default void started(Duration lag) {}

  /** Slots were missed. */
  default void missed(Miss miss) {}

  /** A run ended after its site had been removed or disabled; nobody hears of its result. */
  default void dropped() {}
}
