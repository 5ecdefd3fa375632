// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.timestream.call.UpstreamListener.Ending;
import dev.weir.store.timestream.call.UpstreamListener.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedUpstreamTest {

  private final List<String> heard = new ArrayList<>();
  private final UpstreamListener listener =
      new UpstreamListener() {
        @Override
        public void attempted(Side side, Ending ending, Duration took) {
          heard.add(side + " " + ending);
        }
      };

  @Test
  void tellsOfWritesAndPagesAndNotOfCancelling() {
    Upstream done = (_, _, _) -> new Answer.Done(new byte[0]);
    Upstream throttled = (_, _, _) -> new Answer.Refused("ThrottlingException", "", new byte[0]);
    for (Operation operation : Operation.values()) {
      call(done, operation);
      call(throttled, operation);
    }
    assertThat(heard)
        .containsExactly("WRITE DONE", "WRITE THROTTLED", "READ DONE", "READ THROTTLED");
  }

  private void call(Upstream each, Operation operation) {
    new ObservedUpstream(each, listener)
        .call(operation, new byte[0], Instant.parse("2026-03-10T12:00:00Z"));
  }
}
