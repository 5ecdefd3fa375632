// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.store.timestream.call.Loopback;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** The credentials that the surroundings have; looked for at the first call, renewed by the SDK. */
final class FoundCredentials {

  /** What a Weir on this machine takes; it asks for no secret there. */
  private static final AwsBasicCredentials LOCAL = AwsBasicCredentials.create("weir", "weir");

  private FoundCredentials() {}

  /**
   * Environment, profile, role of the machine: all that the SDK knows, in its order. The first two
   * are asked by themselves, since all the others are made together, which a function that has its
   * role's credentials in the environment would wait for.
   */
  static AwsCredentialsProvider everywhere() {
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        DefaultCredentialsProvider.builder().build());
  }

  /** The same, or for an endpoint on this machine those that are set by hand, or any. */
  static AwsCredentialsProvider at(Optional<URI> endpoint) {
    if (!endpoint.map(Loopback::is).orElse(false)) {
      return everywhere();
    }
    // Not the SDK's whole chain: its last resort asks 169.254.169.254, and waits.
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        StaticCredentialsProvider.create(LOCAL));
  }
}
