// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

  private static final byte[] NOTHING = {'{', '}'};

  @ParameterizedTest
  @CsvSource({
    "ValidationException, BAD_REQUEST",
    "QueryExecutionException, BAD_REQUEST",
    "RejectedRecordsException, BAD_REQUEST",
    "ResourceNotFoundException, NOT_FOUND",
    "ConflictException, CONFLICT",
    "AccessDeniedException, DENIED",
    "UnrecognizedClientException, DENIED",
    "InvalidSignatureException, DENIED",
    "RequestTimeTooSkewed, DENIED",
    "ExpiredTokenException, DENIED",
    "InvalidClientTokenId, DENIED",
    "MissingAuthenticationTokenException, DENIED",
    "ServiceQuotaExceededException, QUOTA",
    "InvalidEndpointException, WRONG_ENDPOINT",
    "UnknownOperationException, WRONG_ENDPOINT",
    "ThrottlingException, THROTTLED",
    "TooManyRequestsException, THROTTLED",
    "InternalServerException, UNAVAILABLE",
    "NeverSeenException, UNAVAILABLE"
  })
  void theTypeDecides(String type, Kind kind) {
    StoreException failure = Failures.of(new Answer.Refused(type, "what was said", NOTHING));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("what was said");
  }

  @Test
  void aRefusalWithoutWordsStillSaysSomething() {
    assertThat(Failures.of(new Answer.Refused("SlowDown", "", NOTHING))).hasMessage("SlowDown");
    assertThat(Failures.of(new Answer.Refused("", "", NOTHING)))
        .hasMessage("Timestream refused without a reason");
  }

  @ParameterizedTest
  @CsvSource({
    "com.amazonaws.timestream.v20181101#ThrottlingException, ThrottlingException",
    "ValidationException:http://internal.amazon.com/coral/, ValidationException",
    "AccessDeniedException, AccessDeniedException"
  })
  void namesOfTypesComeWithTheirPlaceOrWithout(String wire, String type) {
    byte[] body = "{\"__type\":\"%s\",\"Message\":\"m\"}".formatted(wire).getBytes(UTF_8);
    assertThat(WireError.of(Optional.empty(), body)).contains(new WireError(type, "m"));
  }

  @Test
  void aMessageWithoutEndIsCut() {
    byte[] body = "{\"Message\":\"%s\"}".formatted("x".repeat(100_000)).getBytes(UTF_8);
    assertThat(WireError.of(Optional.empty(), body))
        .hasValueSatisfying(
            error -> assertThat(error.message()).hasSize(WireError.MESSAGE_CHARS_MAX));
  }
}
