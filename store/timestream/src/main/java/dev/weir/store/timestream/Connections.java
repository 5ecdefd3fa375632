// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/** Both clients of the SDK over one pool of connections. */
record Connections(SdkHttpClient http, TimestreamWriteClient write, TimestreamQueryClient query)
    implements AutoCloseable {

  /** Timestream keeps a Query call waiting for up to 60 s; the SDK would give up after 30. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(70);

  /** What a Weir on this machine takes; it asks for no secret there. */
  private static final AwsBasicCredentials LOCAL = AwsBasicCredentials.create("weir", "weir");

  private static final Region REGION_IF_NONE = Region.US_EAST_1;

  static Connections open(@Nullable URI endpoint) {
    SdkHttpClient http = Apache5HttpClient.builder().socketTimeout(ANSWER_MAX).build();
    var write = TimestreamWriteClient.builder().httpClient(http);
    var query = TimestreamQueryClient.builder().httpClient(http);
    if (endpoint != null) {
      // An endpoint of one's own turns discovery off; saying so too keeps the SDK from warning.
      write.endpointDiscoveryEnabled(false);
      query.endpointDiscoveryEnabled(false);
      direct(write, endpoint);
      direct(query, endpoint);
    }
    try {
      return new Connections(http, write.build(), query.build());
    } catch (SdkClientException e) {
      http.close();
      // The SDK's own text lists its providers and their addresses in memory.
      throw new StoreException(
          Kind.BAD_REQUEST,
          "the AWS SDK finds no region; set AWS_REGION, or region in the profile",
          e);
    }
  }

  static Connections open(TimestreamOptions options, AwsCredentialsProvider credentials) {
    SdkHttpClient http = Apache5HttpClient.builder().socketTimeout(ANSWER_MAX).build();
    var write = TimestreamWriteClient.builder().httpClient(http).credentialsProvider(credentials);
    var query = TimestreamQueryClient.builder().httpClient(http).credentialsProvider(credentials);
    options.region().map(Region::of).ifPresent(write::region);
    options.region().map(Region::of).ifPresent(query::region);
    options
        .writeEndpoint()
        .ifPresent(uri -> write.endpointDiscoveryEnabled(false).endpointOverride(uri));
    options
        .queryEndpoint()
        .ifPresent(uri -> query.endpointDiscoveryEnabled(false).endpointOverride(uri));
    return new Connections(http, write.build(), query.build());
  }

  private static void direct(AwsClientBuilder<?, ?> builder, URI endpoint) {
    builder.endpointOverride(endpoint);
    if (isLoopback(endpoint)) {
      // Not the SDK's whole chain: its last resort asks 169.254.169.254, and waits.
      builder.credentialsProvider(localCredentials());
      builder.region(
          regionOf(
              new AwsRegionProviderChain(
                  new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())));
    } else {
      builder.region(regionOf(DefaultAwsRegionProviderChain.builder().build()));
    }
  }

  private static AwsCredentialsProvider localCredentials() {
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        StaticCredentialsProvider.create(LOCAL));
  }

  /** An endpoint of one's own needs a region for the signature alone; a Weir takes any. */
  private static Region regionOf(AwsRegionProvider regions) {
    try {
      return regions.getRegion();
    } catch (SdkClientException e) {
      return REGION_IF_NONE;
    }
  }

  private static boolean isLoopback(URI endpoint) {
    String host = String.valueOf(endpoint.getHost());
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  @Override
  public void close() {
    write.close();
    query.close();
    http.close();
  }
}
