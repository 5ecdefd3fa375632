// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

/** Carries out an operation. Thread-safe. */
@FunctionalInterface
public interface Action {

  /**
   * Does what the call asks and returns the answer's body.
   *
   * @throws WireException when the answer is an error
   * @throws dev.weir.store.StoreException when the store can't
   */
  JsonOut run(WireCall call);
}
