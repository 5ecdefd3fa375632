// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How Timestream is reached.
 *
 * @param writeEndpoint in place of Amazon's own; empty to discover it
 * @param queryEndpoint the same for queries
 * @param writeAttemptsMax the first one included, as are those of reading
 */
public record UpstreamSettings(
    String region,
    Optional<URI> writeEndpoint,
    Optional<URI> queryEndpoint,
    int writeAttemptsMax,
    int readAttemptsMax,
    CredentialsSource credentials) {

  /** The variable by which operators in a VPC without internet turn discovery off. */
  private static final String DISCOVERY = "AWS_ENABLE_ENDPOINT_DISCOVERY";

  static UpstreamSettings of(
      Settings settings, CredentialsSource credentials, Map<String, String> environment) {
    UpstreamSettings upstream =
        new UpstreamSettings(
            settings.value(TimestreamFlags.REGION),
            settings.value(TimestreamFlags.WRITE_ENDPOINT),
            settings.value(TimestreamFlags.QUERY_ENDPOINT),
            settings.value(TimestreamFlags.WRITE_ATTEMPTS),
            settings.value(TimestreamFlags.READ_ATTEMPTS),
            credentials);
    boolean fixed = upstream.writeEndpoint.isPresent() && upstream.queryEndpoint.isPresent();
    if (!discovers(environment) && !fixed) {
      throw new UsageException(
          "%s=false needs both %s and %s"
              .formatted(
                  DISCOVERY,
                  settings.nameOf(TimestreamFlags.WRITE_ENDPOINT),
                  settings.nameOf(TimestreamFlags.QUERY_ENDPOINT)));
    }
    return upstream;
  }

  /**
   * The three words that the SDK for Go takes, in any case; other words stop the AWS connector as
   * well (aws-sdk-go-v2, config/env_config.go).
   */
  private static boolean discovers(Map<String, String> environment) {
    String word = environment.getOrDefault(DISCOVERY, "");
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "false" -> false;
      case "", "true", "auto" -> true;
      default ->
          throw new UsageException(DISCOVERY + ": \"" + word + "\" is not true, false or auto");
    };
  }
}
