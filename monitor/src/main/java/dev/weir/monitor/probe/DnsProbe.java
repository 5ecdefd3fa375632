// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.address.AddressText;
import dev.weir.monitor.check.Check;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ResolverConfig;

/**
 * One question to a server of the DNS, over UDP and, where the answer says that it was cut off,
 * again over TCP; or over TCP from the beginning. A question is asked once: a lost datagram is a
 * timeout, and confirming is the run's.
 */
final class DnsProbe implements Probe<Check.Dns> {

  private final Connector connector;
  private final NetworkPolicy policy;
  private final Supplier<@Nullable InetSocketAddress> systemServer;

  /**
   * For one run.
   *
   * @param systemServer the server of checks that name none; it is the operator's choice, and the
   *     policy is not asked about it
   */
  DnsProbe(
      Connector connector,
      NetworkPolicy policy,
      Supplier<@Nullable InetSocketAddress> systemServer) {
    this.connector = connector;
    this.policy = policy;
    this.systemServer = systemServer;
  }

  /** The first server that the system is configured with; null where it has none. */
  static @Nullable InetSocketAddress systemServer() {
    return ResolverConfig.getCurrentConfig().server();
  }

  @Override
  public Measurement request(Check.Dns check, long deadlineNanos) {
    DnsServer server = server(check);
    DnsQuestion question = DnsQuestion.of(check.name(), check.type());
    NetworkPolicy allowed = check.resolver().isEmpty() ? _ -> true : policy;
    return new DnsExchange(connector, check, server, question, allowed, deadlineNanos).measure();
  }

  private DnsServer server(Check.Dns check) {
    if (check.resolver().isPresent()) {
      return DnsServer.of(check.resolver().get());
    }
    InetSocketAddress system = systemServer.get();
    if (system == null) {
      throw new Unable("the system is configured with no name server; name one for the check");
    }
    InetAddress address = system.getAddress();
    String host = address == null ? system.getHostString() : AddressText.of(address);
    return new DnsServer(host, system.getPort());
  }

  /** No connection outlives its request. */
  @Override
  public void close() {}
}
