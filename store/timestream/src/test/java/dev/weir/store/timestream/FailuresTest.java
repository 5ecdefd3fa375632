// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Rejection.Reason;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.timestreamwrite.model.TimestreamWriteException;

class FailuresTest {

  @ParameterizedTest
  @CsvSource({
    "ValidationException, BAD_REQUEST",
    "QueryExecutionException, BAD_REQUEST",
    "ResourceNotFoundException, NOT_FOUND",
    "ConflictException, CONFLICT",
    "AccessDeniedException, DENIED",
    "UnrecognizedClientException, DENIED",
    "InvalidSignatureException, DENIED",
    "ServiceQuotaExceededException, QUOTA",
    "InvalidEndpointException, WRONG_ENDPOINT",
    "ThrottlingException, THROTTLED",
    "InternalServerException, UNAVAILABLE",
    "NeverSeenException, UNAVAILABLE"
  })
  void theTypeDecidesWhateverTheStatus(String type, Kind kind) {
    for (int status : new int[] {400, 404, 500}) {
      StoreException failure =
          Failures.of(
              TimestreamWriteException.builder()
                  .message("with the SDK's own tail")
                  .statusCode(status)
                  .awsErrorDetails(
                      AwsErrorDetails.builder()
                          .errorCode(type)
                          .errorMessage("what was said")
                          .build())
                  .build());
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessage("what was said");
    }
  }

  @Test
  void whatTheSdkRaisesByItselfMayPass() {
    assertThat(Failures.of(ApiCallTimeoutException.create(1)).kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(Failures.of(AbortedException.create("x")).kind()).isEqualTo(Kind.CANCELLED);
    StoreException network = Failures.of(SdkClientException.create("Connection refused"));
    assertThat(network.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(network).hasMessageContaining("Connection refused");
  }

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
