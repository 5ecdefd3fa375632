// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A TLS handshake and nothing after it: chain, host name and expiry are what is asked for. */
final class TlsProbe implements Probe<Check.Tls> {

  private final Connector connector;
  private final TlsContexts contexts;
  private final NetworkPolicy policy;

  TlsProbe(Connector connector, TlsContexts contexts, NetworkPolicy policy) {
    this.connector = connector;
    this.contexts = contexts;
    this.policy = policy;
  }

  @Override
  public Measurement request(Check.Tls check, long deadlineNanos) {
    String target = check.host() + ":" + check.port();
    // Before the connection, which nobody would close where a secret can't be read.
    TlsContext context = contexts.of(check.tls());
    long begin = System.nanoTime();
    Connector.Outcome outcome =
        connector.connect(
            check.host(), check.port(), check.family(), check.timeouts(), policy, deadlineNanos);
    return switch (outcome) {
      case Connector.Unconnected(Failure failure, _, _, _, _) ->
          measured(begin, new Hop(target, outcome.phases(), outcome.peer(), null, null), failure);
      case Connector.Connected connected ->
          handshake(check, context, target, connected, begin, deadlineNanos);
    };
  }

  private Measurement handshake(
      Check.Tls check,
      TlsContext context,
      String target,
      Connector.Connected connected,
      long begin,
      long deadlineNanos) {
    Peer peer = Objects.requireNonNull(connected.peer());
    TlsHandshake handshake =
        TlsHandshake.over(
            connected.socket(),
            context,
            check.host(),
            List.of(),
            peer,
            Deadline.of(check.timeouts().tls(), check.timeouts().total(), deadlineNanos));
    Hop hop = new Hop(target, handshake.after(connected.phases()), handshake.peer(), null, null);
    return switch (handshake) {
      case TlsHandshake.Refused refused -> measured(begin, hop, refused.failure());
      case TlsHandshake.Secured secured -> {
        long nanos = System.nanoTime() - begin;
        Connector.close(secured.socket());
        yield new Measurement(nanos, List.of(hop), new Reply.Connection(Map.of()), null);
      }
    };
  }

  private static Measurement measured(long begin, Hop hop, Failure failure) {
    return new Measurement(System.nanoTime() - begin, List.of(hop), null, failure);
  }

  /** No connection outlives its request. */
  @Override
  public void close() {}
}
