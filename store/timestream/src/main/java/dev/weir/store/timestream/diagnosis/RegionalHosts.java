// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import java.net.URI;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.endpoints.TimestreamQueryEndpointProvider;
import software.amazon.awssdk.services.timestreamwrite.endpoints.TimestreamWriteEndpointProvider;

/** The hosts that tell cells, by the SDK's rules for FIPS and dual-stack. */
final class RegionalHosts {

  private RegionalHosts() {}

  static URI write(String region) {
    return TimestreamWriteEndpointProvider.defaultProvider()
        .resolveEndpoint(
            rules -> rules.region(Region.of(region)).useFips(fips()).useDualStack(dualStack()))
        .join()
        .endpointUrl()
        .toUri();
  }

  static URI query(String region) {
    return TimestreamQueryEndpointProvider.defaultProvider()
        .resolveEndpoint(
            rules -> rules.region(Region.of(region)).useFips(fips()).useDualStack(dualStack()))
        .join()
        .endpointUrl()
        .toUri();
  }

  private static boolean fips() {
    return FipsEnabledProvider.builder().build().isFipsEnabled().orElse(false);
  }

  private static boolean dualStack() {
    return DualstackEnabledProvider.builder().build().isDualstackEnabled().orElse(false);
  }
}
