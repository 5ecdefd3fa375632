// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place where the SDK's exceptions become ours. They are told apart by type: the same
 * exception comes with different statuses, depending on which of Amazon's pages one believes.
 */
final class Failures {

  private Failures() {}

  static StoreException of(SdkException failure) {
    return switch (failure) {
      case AwsServiceException answered -> answered(answered);
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
          new StoreException(Kind.TIMED_OUT, "no answer before the deadline", failure);
      case AbortedException _ -> new StoreException(Kind.CANCELLED, "interrupted", failure);
      default -> new StoreException(Kind.UNAVAILABLE, message(failure), failure);
    };
  }

  /** By the name of its type on the wire, since not all types have a class in the SDK. */
  private static StoreException answered(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String type = details == null ? "" : String.valueOf(details.errorCode());
    String said = details == null ? null : details.errorMessage();
    return new StoreException(kind(type), said == null ? message(answer) : said, answer);
  }

  private static Kind kind(String type) {
    return switch (type) {
      case "ValidationException", "QueryExecutionException", "SerializationException" ->
          Kind.BAD_REQUEST;
      case "ResourceNotFoundException" -> Kind.NOT_FOUND;
      case "ConflictException" -> Kind.CONFLICT;
      case "AccessDeniedException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "UnrecognizedClientException" ->
          Kind.DENIED;
      case "ServiceQuotaExceededException" -> Kind.QUOTA;
      case "InvalidEndpointException" -> Kind.WRONG_ENDPOINT;
      case "ThrottlingException" -> Kind.THROTTLED;
      // InternalServerException, and whatever is new: better sent again than lost.
      default -> Kind.UNAVAILABLE;
    };
  }

  private static String message(SdkException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
