// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** Hands a deadline to the SDK. */
final class CallTime {

  private CallTime() {}

  /** What is left until the deadline, as the limit of one call with all its repeats. */
  static AwsRequestOverrideConfiguration until(Instant deadline, InstantSource clock) {
    Duration left = Duration.between(clock.instant(), deadline);
    if (!left.isPositive()) {
      throw new StoreException(Kind.TIMED_OUT, "the deadline has passed");
    }
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(left).build();
  }
}
