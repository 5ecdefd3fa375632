// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausesTest {

  private static final URI ENDPOINT = URI.create("https://ingest-cell1.example:8443");

  @ParameterizedTest
  @CsvSource({
    "UnrecognizedClientException,does not know these credentials,session token",
    "ExpiredTokenException,have expired,renew",
    "InvalidSignatureException,does not match,secret access key",
    "RequestTimeTooSkewed,time is refused,clock",
    "AccessDeniedException,lack a right,IAM policy",
    "ResourceNotFoundException,does not exist,--default-table",
    "InvalidEndpointException,does not serve the account,describe-endpoints",
    "ThrottlingException,throttles,quota",
    "InternalServerException,fault of its own,try again"
  })
  void saysWhatIsWrongAndWhatToDo(String type, String what, String remedy) {
    Cause cause = RefusalCauses.of(type, "said so");
    assertThat(cause.what()).contains(what).contains("said so");
    assertThat(cause.remedy()).contains(remedy);
    assertThat(cause.line()).isEqualTo(cause.what() + "; " + cause.remedy());
  }

  @ParameterizedTest
  @CsvSource({
    "Signature expired: 20261122T000000Z is now earlier than,time is refused",
    "Signature not yet current,time is refused",
    "Credential should be scoped to a valid region,for another region",
    "The request signature we calculated does not match,does not match"
  })
  void tellsClockAndRegionFromASecretThatIsWrong(String said, String what) {
    assertThat(RefusalCauses.of("InvalidSignatureException", said).what()).contains(what);
  }

  @Test
  void keepsWhatItDoesNotKnowOnOneLine() {
    Cause cause = RefusalCauses.of("NewException", "one\n\u001b[2Jtwo " + "x".repeat(1_000));
    assertThat(cause.what()).startsWith("NewException: one [2Jtwo x").endsWith("…");
    assertThat(cause.what()).hasSizeLessThan(400);
    assertThat(cause.line()).isEqualTo(cause.what());
    assertThat(RefusalCauses.of("", "").what()).isNotEmpty();
  }

  @Test
  void tellsSilenceWhileConnectingFromSilenceLater() {
    assertThat(NetworkCauses.of(new SocketTimeoutException("Connect timed out"), ENDPOINT).line())
        .startsWith("no connection to ingest-cell1.example:8443 in time; check route");
    assertThat(NetworkCauses.of(new SocketTimeoutException("Read timed out"), ENDPOINT).what())
        .isEqualTo("ingest-cell1.example:8443 does not answer in time");
  }
}
