// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.SiteKey;
import java.util.List;

/**
 * Takes what slots gave: records, incidents, metrics. Thread-safe; quick, it holds a slot's thread.
 */
@FunctionalInterface
public interface ResultListener {

  void accept(SlotResult result);

  /**
   * The site is not run here any more: it was removed or disabled, or left this region. What is
   * known of it must not outlive it. It may be told more than once, and of sites never run; no
   * result of the site comes after the last time, unless it is run again.
   */
  default void forget(SiteKey site) {}

  /** Tells each of these, whatever the ones before it throw. */
  static ResultListener all(List<ResultListener> listeners) {
    return new AllListeners(List.copyOf(listeners));
  }
}
