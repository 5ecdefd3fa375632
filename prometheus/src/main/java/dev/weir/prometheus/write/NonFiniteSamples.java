// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

/** What becomes of NaN, the infinities and the stale marker. */
public enum NonFiniteSamples {
  /** Kept bit for bit beside the finite values. */
  STORE,
  /** Dropped and counted. */
  DROP
}
