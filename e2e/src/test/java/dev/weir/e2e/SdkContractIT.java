// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

/**
 * The contract kit through the typed clients of the AWS SDK and Weir's wire API: those are what its
 * users come with. {@link WireContractIT} is the same by store/timestream.
 */
class SdkContractIT extends WireContracts {
  SdkContractIT() {
    super(WireUnderTest.Client.SDK);
  }
}
