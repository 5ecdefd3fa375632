// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

/**
 * Takes what slots gave: records, incidents, metrics. Thread-safe; quick, it holds a slot's thread.
 */
@FunctionalInterface
public interface ResultListener {

  void accept(SlotResult result);
}
