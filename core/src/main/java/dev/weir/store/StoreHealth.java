// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

/** Says whether a store can work. Thread-safe, does not block for long. */
public interface StoreHealth {

  /** How the store is now. */
  Health health();

  /**
   * A state of health.
   *
   * @param ready whether writes and queries can be expected to work
   * @param message one line for people
   */
  record Health(boolean ready, String message) {}
}
