// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockOutTest {

  private final LockOut lockOut = new LockOut();
  private Instant now = Instant.EPOCH;

  @Test
  void fourWrongOnesCostNothingAndTheFifthASecond() {
    for (int i = 0; i < 4; i++) {
      lockOut.wrong("ann", now);
      assertThat(lockOut.pause("ann", now)).isZero();
    }
    lockOut.wrong("ann", now);
    assertThat(lockOut.pause("ann", now)).isEqualTo(Duration.ofSeconds(1));
    assertThat(lockOut.pause("ann", now.plusMillis(999))).isEqualTo(Duration.ofMillis(1));
    assertThat(lockOut.pause("ann", now.plusSeconds(1))).isZero();
    assertThat(lockOut.pause("bob", now)).isZero();
  }

  @Test
  void eachFurtherOneDoublesThePauseUpToAQuarterOfAnHour() {
    for (int i = 0; i < 5; i++) {
      lockOut.wrong("ann", now);
    }
    long seconds = 1;
    for (int i = 0; i < 60; i++) {
      assertThat(lockOut.pause("ann", now).toSeconds()).isEqualTo(Math.min(seconds, 900));
      now = now.plus(LockOut.PAUSE_MAX);
      seconds = Math.min(seconds * 2, 900);
      lockOut.wrong("ann", now);
    }
  }

  @Test
  void aRightOneForgetsTheWrongOnes() {
    for (int i = 0; i < 20; i++) {
      lockOut.wrong("ann", now);
    }
    lockOut.right("ann");
    assertThat(lockOut.pause("ann", now)).isZero();
    lockOut.wrong("ann", now);
    assertThat(lockOut.pause("ann", now)).isZero();
  }

  @Test
  void remembersSoManyAndTheLatestOfThem() {
    for (int i = 0; i < LockOut.KEPT_MAX + 10; i++) {
      for (int wrong = 0; wrong < LockOut.FREE; wrong++) {
        lockOut.wrong("name" + i, now);
      }
    }
    assertThat(lockOut.kept()).isEqualTo(LockOut.KEPT_MAX);
    assertThat(lockOut.pause("name" + (LockOut.KEPT_MAX + 9), now)).isPositive();
    assertThat(lockOut.pause("name0", now)).isZero();
  }

  @Test
  void ofAnIpv6AddressTheNetworkCounts() {
    assertThat(PasswordCheck.network("2001:db8:1:2:aaaa::1"))
        .isEqualTo(PasswordCheck.network("[2001:db8:1:2::7]"))
        .isNotEqualTo(PasswordCheck.network("2001:db8:1:3::1"));
    assertThat(PasswordCheck.network("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(PasswordCheck.network("")).isEmpty();
  }
}
