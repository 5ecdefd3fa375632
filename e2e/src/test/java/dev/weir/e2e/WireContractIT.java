// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

/**
 * The contract kit once more, all of it through store/timestream and Weir's wire API. What may
 * differ from the engine itself is {@link dev.weir.store.kit.Capability}, and nothing else.
 */
class WireContractIT extends WireContracts {
  WireContractIT() {
    super(WireUnderTest.Client.WEIR);
  }
}
