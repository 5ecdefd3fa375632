// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.UpstreamListener.Ending;
import dev.weir.store.timestream.call.UpstreamListener.Side;
import java.time.Duration;
import java.time.Instant;

/** Tells a listener how each attempt to write, or to get a page, ended. */
final class ObservedUpstream implements Upstream {

  private final Upstream each;
  private final UpstreamListener listener;

  ObservedUpstream(Upstream each, UpstreamListener listener) {
    this.each = each;
    this.listener = listener;
  }

  @Override
  public Answer call(Operation operation, byte[] body, Instant deadline) {
    if (operation == Operation.CANCEL_QUERY) {
      return each.call(operation, body, deadline); // Else it would count as a page.
    }
    long since = System.nanoTime();
    Ending ending = Ending.FAILED;
    try {
      Answer answer = each.call(operation, body, deadline);
      ending =
          switch (answer) {
            case Answer.Done _ -> Ending.DONE;
            case Answer.Refused refused -> ending(Failures.kind(refused.errorType()));
          };
      return answer;
    } catch (StoreException e) {
      ending = ending(e.kind());
      throw e;
    } finally {
      Side side = operation.api() == Operation.Api.WRITE ? Side.WRITE : Side.READ;
      listener.attempted(side, ending, Duration.ofNanos(System.nanoTime() - since));
    }
  }

  private static Ending ending(Kind kind) {
    if (kind == Kind.THROTTLED) {
      return Ending.THROTTLED;
    }
    return kind.retryable() ? Ending.FAILED : Ending.REFUSED;
  }
}
