// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderDoubtTest {

  private static final Run UP = run(null);
  private static final Run DOWN = run(new Failure(ErrorClass.DNS, "no such name"));

  private final AtomicInteger asked = new AtomicInteger();
  private boolean reachable;
  private final OrderDoubt doubt =
      new OrderDoubt(() -> {
        asked.incrementAndGet();
        return reachable;
      });

  @Test
  void aFailureIsDoubtedWhenMostFailAndNoAnchorAnswers() {
    assertThat(doubt.judge(DOWN).doubtful()).isTrue();
    assertThat(doubt.judge(DOWN).doubtful()).isTrue();
    assertThat(doubt.judge(UP).doubtful()).isFalse();
    assertThat(asked).hasValue(2);
  }

  @Test
  void whileOthersAnswerNobodyIsAsked() {
    doubt.judge(UP);

    assertThat(doubt.judge(DOWN).doubtful()).isFalse();
    assertThat(asked).hasValue(0);
  }

  @Test
  void aFailureIsTheSitesWhenAnAnchorAnswers() {
    reachable = true;

    assertThat(doubt.judge(DOWN).doubtful()).isFalse();
    assertThat(asked).hasValue(1);
  }

  private static Run run(@Nullable Failure failure) {
    Hop hop = new Hop("a", Phases.NONE, null, null, null);
    return new Run(List.of(new Measurement(1, List.of(hop), null, failure)), 1, failure, false);
  }
}
