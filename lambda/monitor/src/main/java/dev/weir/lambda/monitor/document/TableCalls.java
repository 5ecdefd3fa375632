// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.lambda.monitor.client.AwsFailures;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Calls of DynamoDB, whose failures tell the table. */
final class TableCalls {

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
    String code =
        e instanceof TransactionCanceledException cancelled
            ? reason(cancelled)
            : AwsFailures.code(e);
    Kind kind =
        e instanceof TransactionCanceledException
            ? AwsFailures.kind(code).orElse(Kind.UNAVAILABLE)
            : AwsFailures.kind(e, Kind.UNAVAILABLE);
    String says =
        switch (kind) {
          case CONFLICT -> "an item of " + at + " changes at the same time; try again";
          case NOT_FOUND -> at + " is not there: make it, or name the one that is";
          case THROTTLED -> at + " takes no more calls now; wait";
          case DENIED -> at + " refuses this function's role; its policy must allow the call";
          case BAD_REQUEST ->
              at + " can't take that: an item has at most 400 KB, and those of one change 4 MB";
          default ->
              code.isEmpty()
                  ? "%s can't be reached now (%s)".formatted(at, e.getClass().getSimpleName())
                  : "%s can't be used now (%s)".formatted(at, code);
        };
    return new StoreException(kind, says, e);
  }

  /** A transaction tells one reason for each of its items; most of them none, or a change. */
  private static String reason(TransactionCanceledException e) {
    return e.cancellationReasons().stream()
        .map(CancellationReason::code)
        .filter(code -> code != null && !code.equals("None"))
        .filter(code -> !AwsFailures.kind(code).equals(Optional.of(Kind.CONFLICT)))
        .findFirst()
        .orElse("TransactionConflict");
  }
}
