// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import dev.weir.environment.Variables;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.NetworkPolicy;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Keeps checks and notices from the function itself. Lambda's runtime API answers on loopback, or
 * where {@code AWS_LAMBDA_RUNTIME_API} says, to whoever is on the machine: with the events of the
 * function, and takes its answers. The word {@code any} means any place but this one; a range that
 * is listed means what it says.
 */
final class OwnAddresses {

  private static final String RUNTIME = "AWS_LAMBDA_RUNTIME_API";

  private OwnAddresses() {}

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException naming what can't be read
   */
  static NetworkPolicy policy(String text, Variables variables) {
    Optional<InetAddress> runtime = variables.value(RUNTIME).flatMap(OwnAddresses::literal);
    return NetworkPolicies.parse(text, address -> isOwn(address, runtime));
  }

  /** The unspecified address connects to loopback. */
  private static boolean isOwn(InetAddress address, Optional<InetAddress> runtime) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || runtime.filter(address::equals).isPresent();
  }

  /** The address of {@code 127.0.0.1:9001}; empty for a name, which Lambda does not give. */
  private static Optional<InetAddress> literal(String hostAndPort) {
    int port = hostAndPort.lastIndexOf(':');
    String host = port < 0 ? hostAndPort : hostAndPort.substring(0, port);
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
