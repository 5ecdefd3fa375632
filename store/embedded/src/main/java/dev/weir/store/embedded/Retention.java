// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.TableRules;
import java.time.InstantSource;

/** From when on a table shows its points. */
final class Retention {

  private Retention() {}

  /** The oldest time that a table still has, inclusive; not before the epoch. */
  static long oldestNanos(TableRules rules, InstantSource clock) {
    long millis = clock.millis() - rules.retention().toMillis();
    return Math.max(0, millis) * 1_000_000;
  }
}
