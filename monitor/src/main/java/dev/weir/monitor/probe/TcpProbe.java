// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.TlsSettings;
import java.util.List;

/**
 * A TCP connection, and a conversation over it, step by step; the first step that fails is named.
 */
final class TcpProbe implements Probe<Check.Tcp> {

  private final Connector connector;
  private final TlsContexts contexts;
  private final Secrets secrets;
  private final NetworkPolicy policy;

  TcpProbe(Connector connector, TlsContexts contexts, Secrets secrets, NetworkPolicy policy) {
    this.connector = connector;
    this.contexts = contexts;
    this.secrets = secrets;
    this.policy = policy;
  }

  @Override
  public Measurement request(Check.Tcp check, long deadlineNanos) {
    String target = check.host() + ":" + check.port();
    // Before the connection, which nobody would close where a secret can't be read.
    TlsContext tls =
        check.tls().isPresent() || check.steps().contains(new Check.Tcp.Step.StartTls())
            ? contexts.of(check.tls().orElse(TlsSettings.SYSTEM))
            : null;
    long begin = System.nanoTime();
    Connector.Outcome outcome =
        connector.connect(
            check.host(), check.port(), check.family(), check.timeouts(), policy, deadlineNanos);
    return switch (outcome) {
      case Connector.Unconnected(Failure failure, _, _, _, _) ->
          new Measurement(
              System.nanoTime() - begin,
              List.of(new Hop(target, outcome.phases(), outcome.peer(), null, null)),
              null,
              failure);
      case Connector.Connected connected -> {
        try (var conversation =
            new TcpConversation(check, connected, tls, secrets, deadlineNanos)) {
          Failure failure = conversation.hold();
          long nanos = System.nanoTime() - begin;
          Hop hop = new Hop(target, conversation.phases(), conversation.peer(), null, null);
          Reply reply = failure == null ? new Reply.Connection(conversation.captured()) : null;
          yield new Measurement(nanos, List.of(hop), reply, failure);
        }
      }
    };
  }

  /** No connection outlives its request. */
  @Override
  public void close() {}
}
