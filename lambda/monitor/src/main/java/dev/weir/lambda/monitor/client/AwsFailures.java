// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.client;

import dev.weir.store.StoreException.Kind;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What failures of DynamoDB, EventBridge and its Scheduler mean. Here, and nowhere else, they
 * become kinds.
 */
public final class AwsFailures {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_FAULT = 500;

  private AwsFailures() {}

  /**
   * The kind of a failure.
   *
   * @param refused what a refusal is whose code says nothing by itself
   */
  public static Kind kind(SdkException failure, Kind refused) {
    if (!(failure instanceof SdkServiceException answer)) {
      return Kind.UNAVAILABLE;
    }
    if (answer.isThrottlingException() || answer.statusCode() == TOO_MANY_REQUESTS) {
      return Kind.THROTTLED;
    }
    return kind(code(failure))
        .orElse(answer.statusCode() >= SERVER_FAULT ? Kind.UNAVAILABLE : refused);
  }

  /** What a code means, also one among the reasons that a transaction is cancelled for. */
  public static Optional<Kind> kind(String code) {
    return Optional.ofNullable(
        switch (code) {
          case "ThrottlingException",
              "ThrottlingError",
              "ThrottledException",
              "Throttling",
              "RequestLimitExceeded",
              "ProvisionedThroughputExceeded",
              "ProvisionedThroughputExceededException",
              // Another change of the same thing is over in a moment.
              "ConcurrentModificationException" ->
              Kind.THROTTLED;
          case "ConditionalCheckFailed",
              "ConditionalCheckFailedException",
              "TransactionConflict",
              "TransactionConflictException",
              "ConflictException",
              "ResourceAlreadyExistsException" ->
              Kind.CONFLICT;
          case "ResourceNotFoundException" -> Kind.NOT_FOUND;
          case "ServiceQuotaExceededException", "LimitExceededException" -> Kind.QUOTA;
          case "AccessDeniedException",
              "UnrecognizedClientException",
              "ExpiredTokenException",
              "InvalidSignatureException",
              "IncompleteSignatureException",
              "MissingAuthenticationTokenException" ->
              Kind.DENIED;
          case "ValidationException", "ValidationError", "ItemCollectionSizeLimitExceeded" ->
              Kind.BAD_REQUEST;
          default -> null;
        });
  }

  /** The code that AWS gives, or its status where it gives none; empty where nobody answered. */
  public static String code(SdkException failure) {
    if (!(failure instanceof SdkServiceException answer)) {
      return "";
    }
    return failure instanceof AwsServiceException service
            && service.awsErrorDetails() != null
            && service.awsErrorDetails().errorCode() != null
        ? service.awsErrorDetails().errorCode()
        : "status " + answer.statusCode();
  }
}
