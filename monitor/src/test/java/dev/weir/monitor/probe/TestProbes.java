// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.time.InstantSource;

/** Probes for tests, as a run has them. */
final class TestProbes {

  private TestProbes() {}

  static HttpProbe http(NetworkPolicy policy) {
    return http(policy, false);
  }

  static HttpProbe http(NetworkPolicy policy, boolean warm) {
    return http(TestCheck.loopback(), policy, warm);
  }

  static HttpProbe http(Resolver resolver, NetworkPolicy policy, boolean warm) {
    HttpConnections connections =
        new HttpConnections(
            new Connector(resolver), new TlsContexts(TestCheck.PLAIN, InstantSource.system()));
    return new HttpProbe(connections, TestCheck.PLAIN, policy, "weir/test", warm);
  }
}
