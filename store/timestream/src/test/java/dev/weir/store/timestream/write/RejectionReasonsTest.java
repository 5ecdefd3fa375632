// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Rejection.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectionReasonsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CONFLICT | A record already exists with the same time, dimensions, measure name, and"
            + " record version. A higher record version must be specified in order to update the"
            + " measure value.",
        "CONFLICT | The record version 2 is lower than the existing version 200. A higher version"
            + " is required to update the measure value.",
        "TYPE     | Each multi measure name can have only one measure value type and cannot be"
            + " changed.",
        "LIMIT    | something that was never seen"
      })
  void guessesTheClassOfARejection(Reason reason, String text) {
    assertThat(RejectionReasons.of(text, 0)).isEqualTo(reason);
  }

  @Test
  void tellsTheTwoEndsOfTheWindowApartByTheRecordsTime() {
    String text =
        "The record timestamp is outside the time range [2023-11-23T06:45:39.648Z,"
            + " 2023-11-28T19:25:39.648Z) of the data ingestion window.";
    long end = Instant.parse("2023-11-28T19:25:39.648Z").toEpochMilli() * 1_000_000;
    assertThat(RejectionReasons.of(text, 0)).isEqualTo(Reason.TOO_OLD);
    assertThat(RejectionReasons.of(text, end)).isEqualTo(Reason.TOO_NEW);
    assertThat(RejectionReasons.of("outside of the data ingestion window", end))
        .isEqualTo(Reason.TOO_OLD);
  }
}
