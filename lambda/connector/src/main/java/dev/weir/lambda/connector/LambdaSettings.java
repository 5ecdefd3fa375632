// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import dev.weir.environment.Variables;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.store.TableName;
import dev.weir.store.timestream.TimestreamOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the function is told, by the variables of the AWS connector's function and their defaults.
 *
 * @param table where samples go; never created
 * @param roleCredentials whether the function's role signs; else each request brings credentials
 * @param writeEndpoint in place of Amazon's own; empty to discover it
 * @param queryEndpoint the same for queries
 */
record LambdaSettings(
    TableName table,
    String region,
    boolean roleCredentials,
    int writeAttemptsMax,
    int readAttemptsMax,
    Optional<URI> writeEndpoint,
    Optional<URI> queryEndpoint,
    boolean failOnLongLabel,
    boolean failOnInvalidSampleValue,
    NonFiniteSamples nonFiniteSamples,
    int throttleStatus) {

  private static final int ATTEMPTS_MAX = 1_000;

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException with the variable, its value and what it takes
   */
  static LambdaSettings of(Variables variables) {
    Optional<URI> write = variables.url("write_base_endpoint");
    Optional<URI> query = variables.url("query_base_endpoint");
    boolean fixed =
        variables.oneOf("AWS_ENABLE_ENDPOINT_DISCOVERY", "auto", "true", "false").equals("false");
    if (fixed && (write.isEmpty() || query.isEmpty())) {
      throw new IllegalArgumentException(
          "AWS_ENABLE_ENDPOINT_DISCOVERY=false needs both write_base_endpoint and"
              + " query_base_endpoint");
    }
    return new LambdaSettings(
        new TableName(variables.required("default_database"), variables.required("default_table")),
        variables.region("region", "us-east-1"),
        variables.truth("enable_sigv4_auth", true),
        variables.number("max_write_retries", TimestreamOptions.WRITE_ATTEMPTS, ATTEMPTS_MAX),
        variables.number("max_read_retries", TimestreamOptions.READ_ATTEMPTS, ATTEMPTS_MAX),
        write,
        query,
        variables.truth("fail_on_long_label", false),
        variables.truth("fail_on_invalid_sample_value", false),
        variables.oneOf("non_finite_samples", "store", "drop").equals("store")
            ? NonFiniteSamples.STORE
            : NonFiniteSamples.DROP,
        Integer.parseInt(variables.oneOf("throttle_status", "503", "429")));
  }

  RemoteWriteOptions write() {
    return RemoteWriteOptions.defaults()
        .withFailOnLongLabel(failOnLongLabel)
        .withFailOnInvalidSampleValue(failOnInvalidSampleValue)
        .withNonFiniteSamples(nonFiniteSamples)
        .withThrottleStatus(throttleStatus);
  }

  TimestreamOptions upstream(InstantSource clock) {
    return TimestreamOptions.defaults(clock)
        .inRegion(region)
        .at(writeEndpoint, queryEndpoint)
        .withAttempts(writeAttemptsMax, readAttemptsMax);
  }
}
