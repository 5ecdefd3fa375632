// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.cause.RefusalCauses;

/**
 * The one place where Timestream's refusals become ours. They are told apart by the exception's
 * name: the same exception comes with different statuses, depending on which of Amazon's pages one
 * believes.
 */
public final class Failures {

  private Failures() {}

  /** A refusal as an exception, with the words that Timestream chose among others. */
  public static StoreException of(Answer.Refused refused) {
    String type = refused.errorType();
    String said = refused.message();
    if (said.isEmpty()) {
      said = type.isEmpty() ? "Timestream refused without a reason" : type;
    }
    Kind kind = kind(type);
    // What an operator has to mend comes with what to do about it.
    boolean mendable = kind == Kind.DENIED || kind == Kind.NOT_FOUND || kind == Kind.WRONG_ENDPOINT;
    return new StoreException(
        kind, mendable ? RefusalCauses.of(type, refused.message()).line() : said);
  }

  /** The kind of an exception, by its name on the wire. */
  public static Kind kind(String errorType) {
    return switch (errorType) {
      case "ValidationException",
          "QueryExecutionException",
          "RejectedRecordsException",
          "SerializationException" ->
          Kind.BAD_REQUEST;
      case "ResourceNotFoundException" -> Kind.NOT_FOUND;
      case "ConflictException" -> Kind.CONFLICT;
      // The second half are names by which other services of Amazon's, and what stands before
      // them, say the same.
      case "AccessDeniedException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "UnrecognizedClientException",
          "AccessDenied",
          "AuthFailure",
          "ExpiredToken",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "MissingAuthenticationToken",
          "NotAuthorized",
          "OptInRequired",
          "RequestExpired",
          "RequestInTheFuture",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch" ->
          Kind.DENIED;
      case "ServiceQuotaExceededException" -> Kind.QUOTA;
      // A host that does not know the operation at all is no endpoint for it either.
      case "InvalidEndpointException", "UnknownOperationException" -> Kind.WRONG_ENDPOINT;
      case "ThrottlingException",
          "BandwidthLimitExceeded",
          "PriorRequestNotComplete",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "SlowDown",
          "ThrottledException",
          "Throttling",
          "TooManyRequestsException" ->
          Kind.THROTTLED;
      // InternalServerException, and whatever is new: better sent again than lost.
      default -> Kind.UNAVAILABLE;
    };
  }
}
