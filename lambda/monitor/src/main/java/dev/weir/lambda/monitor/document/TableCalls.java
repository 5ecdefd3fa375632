// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Calls of DynamoDB. Here, and nowhere else, its failures become kinds. */
final class TableCalls {

  private static final Set<String> THROTTLED =
      Set.of(
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "ThrottlingException",
          "ThrottlingError",
          "ProvisionedThroughputExceeded");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDeniedException",
          "UnrecognizedClientException",
          "ExpiredTokenException",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException");

  /** What a transaction is cancelled for that was not able to see what it expected. */
  private static final Set<String> CHANGED =
      Set.of("ConditionalCheckFailed", "TransactionConflict");

  private final DynamoDbClient client;
  private final String region;

  /**
   * Calls through this client.
   *
   * @param region where it calls, for messages
   */
  TableCalls(DynamoDbClient client, String region) {
    this.client = client;
    this.region = region;
  }

  /**
   * Makes a call.
   *
   * @param table that it is about, for messages
   * @throws StoreException {@code CONFLICT} where a condition is not met
   */
  <T> T call(String table, Function<DynamoDbClient, T> call) {
    try {
      return call.apply(client);
    } catch (SdkException e) {
      throw told(table, e);
    }
  }

  private StoreException told(String table, SdkException e) {
    String at = "table %s of region %s".formatted(table, region);
    return switch (e) {
      case ConditionalCheckFailedException ignored -> changed(at, e);
      case TransactionConflictException ignored -> changed(at, e);
      case TransactionCanceledException cancelled -> cancelled(at, cancelled);
      case AwsServiceException answer -> told(at, code(answer), answer);
      default ->
          new StoreException(
              Kind.UNAVAILABLE,
              "%s can't be reached now (%s)".formatted(at, e.getClass().getSimpleName()),
              e);
    };
  }

  /** A transaction tells one reason for each of its items; most of them none. */
  private static StoreException cancelled(String at, TransactionCanceledException e) {
    for (CancellationReason reason : e.cancellationReasons()) {
      String code = reason.code();
      if (code == null || code.equals("None") || CHANGED.contains(code)) {
        continue;
      }
      return told(at, code.equals("ValidationError") ? "ValidationException" : code, e);
    }
    return changed(at, e);
  }

  private static StoreException told(String at, String code, AwsServiceException e) {
    if (code.equals("ResourceNotFoundException")) {
      return new StoreException(
          Kind.NOT_FOUND, at + " is not there: make it, or name the one that is", e);
    }
    if (THROTTLED.contains(code)) {
      return new StoreException(Kind.THROTTLED, at + " takes no more calls now; wait", e);
    }
    if (DENIED.contains(code)) {
      return new StoreException(
          Kind.DENIED, at + " refuses this function's role; its policy must allow the call", e);
    }
    if (code.equals("ValidationException") || code.equals("ItemCollectionSizeLimitExceeded")) {
      return new StoreException(
          Kind.BAD_REQUEST,
          at + " can't take that: an item has at most 400 KB, and those of one change 4 MB",
          e);
    }
    return new StoreException(Kind.UNAVAILABLE, "%s can't be used now (%s)".formatted(at, code), e);
  }

  private static StoreException changed(String at, SdkException e) {
    return new StoreException(
        Kind.CONFLICT, "an item of %s changes at the same time; try again".formatted(at), e);
  }

  private static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? "status " + e.statusCode()
        : e.awsErrorDetails().errorCode();
  }
}
