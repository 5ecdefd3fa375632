// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.time.Instant;

/** Makes calls with one set of credentials. Thread-safe; blocks, meant for virtual threads. */
public interface Upstream {

  /**
   * Makes a call.
   *
   * @param body JSON; not copied and not changed
   * @param deadline when to give up; Timestream may have done the work all the same
   * @throws dev.weir.store.StoreException where there is no answer: {@code UNAVAILABLE} (network,
   *     name, TLS), {@code TIMED_OUT}, {@code CANCELLED} (interrupted), {@code DENIED} (no
   *     credentials to be found)
   */
  Answer call(Operation operation, byte[] body, Instant deadline);
}
