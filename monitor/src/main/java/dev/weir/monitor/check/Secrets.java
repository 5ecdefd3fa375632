// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

/** Finds what references stand for. Thread-safe. */
@FunctionalInterface
public interface Secrets {

  /**
   * The text with all references replaced.
   *
   * @throws IllegalArgumentException naming the reference, never a value, where one can't be read
   */
  String reveal(Secret secret);
}
