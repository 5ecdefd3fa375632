// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.timestream.diagnosis.Finding.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StepsTest {

  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void leavesBehindAStepThatHangs() {
    Steps steps = new Steps(Duration.ofSeconds(1), Duration.ofSeconds(30));
    Finding found = steps.check("slow", this::hang);
    assertThat(found.state()).isEqualTo(State.FAIL);
    assertThat(found.message()).contains("nothing came back within 1.0 s");
    assertThat(steps.check("next", () -> Finding.of("next", State.OK, "fine")).state())
        .isEqualTo(State.OK);
  }

  @Test
  void endsAllOfThemTogether() {
    Steps steps = new Steps(Duration.ofSeconds(5), Duration.ofMillis(500));
    assertThat(steps.check("slow", this::hang).message()).contains("within 0.");
    Finding late = steps.check("late", () -> Finding.of("late", State.OK, "fine"));
    assertThat(late.state()).isEqualTo(State.FAIL);
    assertThat(late.message()).startsWith("not checked");
  }

  @Test
  void tellsOfACheckThatFailsItself() {
    Finding found =
        new Steps(Duration.ofSeconds(5), Duration.ofSeconds(30))
            .check(
                "broken",
                () -> {
                  throw new IllegalStateException("a fault");
                });
    assertThat(found.state()).isEqualTo(State.FAIL);
    assertThat(found.message()).contains("a fault");
  }

  private Finding hang() throws InterruptedException {
    never.await();
    return Finding.of("slow", State.OK, "never");
  }
}
