// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.timestreamquery.endpoints.TimestreamQueryEndpointProvider;
import software.amazon.awssdk.services.timestreamwrite.endpoints.TimestreamWriteEndpointProvider;

/**
 * The region, and its hosts by the SDK's own rules, so that FIPS and dual-stack are set where the
 * SDK reads them. Found at the first call. Thread-safe.
 */
final class Regions {

  /** What a signature names for an endpoint of one's own where nothing names a region. */
  private static final Region IF_NONE = Region.US_EAST_1;

  private final Destination destination;
  private volatile @Nullable Region found;

  Regions(Destination destination) {
    this.destination = destination;
  }

  Region region() {
    Region region = found;
    if (region == null) {
      region = destination.region().map(Region::of).orElseGet(this::search);
      found = region;
    }
    return region;
  }

  /** The host that knows the endpoints of an API. */
  URI host(Operation.Api api) {
    Region region = region();
    boolean fips = FipsEnabledProvider.builder().build().isFipsEnabled().orElse(false);
    boolean dualStack =
        DualstackEnabledProvider.builder().build().isDualstackEnabled().orElse(false);
    Endpoint endpoint =
        switch (api) {
          case WRITE ->
              TimestreamWriteEndpointProvider.defaultProvider()
                  .resolveEndpoint(
                      rules -> rules.region(region).useFips(fips).useDualStack(dualStack))
                  .join();
          case QUERY ->
              TimestreamQueryEndpointProvider.defaultProvider()
                  .resolveEndpoint(
                      rules -> rules.region(region).useFips(fips).useDualStack(dualStack))
                  .join();
        };
    return endpoint.endpointUrl().toUri();
  }

  private Region search() {
    boolean elsewhere =
        destination.writeEndpoint().isPresent() && destination.queryEndpoint().isPresent();
    boolean here =
        elsewhere
            && destination.writeEndpoint().map(Loopback::is).orElse(false)
            && destination.queryEndpoint().map(Loopback::is).orElse(false);
    try {
      return (here ? settingsAlone() : DefaultAwsRegionProviderChain.builder().build()).getRegion();
    } catch (SdkClientException e) {
      if (elsewhere) {
        return IF_NONE;
      }
      // The SDK's own text lists its providers and their addresses in memory. Senders keep their
      // data meanwhile: whoever runs this can mend it.
      throw new StoreException(
          Kind.UNAVAILABLE,
          "the AWS SDK finds no region; set AWS_REGION, or region in the profile",
          e);
    }
  }

  /** Not the SDK's whole chain: its last resort asks 169.254.169.254, and waits. */
  private static AwsRegionProvider settingsAlone() {
    return new AwsRegionProviderChain(
        new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
  }

  @Override
  public String toString() {
    Region region = found;
    return region == null ? "?" : region.id().toLowerCase(Locale.ROOT);
  }
}
