// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.util.Optional;

/** What can become of one call between the connector and Timestream. */
enum Fault {
  NONE,
  /** Answered late. */
  SLOW,
  /** Never answered; Timestream has not seen it. */
  HANG,
  /** Never answered, though Timestream has done it. */
  HANG_AFTER,
  /** Cut before Timestream saw it. */
  CUT_BEFORE,
  /** Cut after Timestream has done it. */
  CUT_AFTER,
  /** Done, and cut in the middle of the answer. */
  CUT_IN_ANSWER,
  /** Done, and cut among the headers of the answer. */
  CUT_IN_HEAD,
  /** Stored, and the first record told as rejected. */
  REJECTS_FIRST,

  /** As the SDK's model has it. */
  THROTTLED(429, "ThrottlingException", "Rate exceeded"),
  /** As Amazon's pages have it, and the live service. */
  THROTTLED_400(400, "ThrottlingException", "Rate exceeded"),
  INTERNAL(500, "InternalServerException", "Please try again later."),
  INTERNAL_HTML("<html><body><h1>502 Bad Gateway</h1></body></html>"),
  WRONG_ENDPOINT(421, "InvalidEndpointException", "The endpoint is not valid."),
  NOT_FOUND(404, "ResourceNotFoundException", "The table prom.metrics does not exist."),
  NOT_FOUND_400(400, "ResourceNotFoundException", "The table prom.metrics does not exist."),
  DENIED(403, "AccessDeniedException", "User is not authorized to perform this."),
  DENIED_400(400, "AccessDeniedException", "User is not authorized to perform this."),
  EXPIRED(403, "ExpiredTokenException", "The security token included is expired."),
  UNKNOWN_KEY(403, "UnrecognizedClientException", "The security token included is invalid."),
  BAD_SIGNATURE(403, "InvalidSignatureException", "The signature does not match."),
  QUOTA(402, "ServiceQuotaExceededException", "Too many tables."),
  NEW_ERROR(418, "BrandNewException", "Nobody knows this yet."),
  INVALID(400, "ValidationException", "Invalid time for record.");

  private final Optional<HttpMessage> answer;

  Fault() {
    this.answer = Optional.empty();
  }

  Fault(String html) {
    this.answer = Optional.of(HttpMessage.answer(502, "text/html", html));
  }

  Fault(int status, String type, String message) {
    this.answer =
        Optional.of(
            HttpMessage.answer(
                status,
                "application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.timestream.v20181101#%s\",\"Message\":\"%s\"}"
                    .formatted(type, message)));
  }

  /** What is answered in Timestream's place. */
  Optional<HttpMessage> answer() {
    return answer;
  }
}
