// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.claim;

import dev.weir.lambda.monitor.client.AwsFailures;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Claims as items of the table of documents, in the collection {@value #COLLECTION}: each changes
 * under a condition, so that of two who ask one is granted. DynamoDB takes them away after {@link
 * #KEPT}. Thread-safe.
 */
public final class TableClaims implements Claims {

  static final String COLLECTION = "claims";

  /**
   * A tick is repeated for a minute, and the queue of orders keeps a message for an hour: two days
   * leave room for a queue that keeps them for a day. What is moved back out of the dead-letter
   * queue later is too late to be run, and its first record stands. Each minute and site costs an
   * item for as long.
   */
  static final Duration KEPT = Duration.ofDays(2);

  /** Clocks of two machines may differ by so much: a lease ends later for all but its holder. */
  static final Duration SKEW_MAX = Duration.ofSeconds(5);

  private static final Answer UNDER_WAY = new Answer.UnderWay();

  private static final Duration CALL_MAX = Duration.ofSeconds(5);

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;

  public TableClaims(DynamoDbClient client, String table, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public Answer take(String id, String holder, Duration lease) {
    Instant now = clock.instant();
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":underWay", text("under-way"));
    values.put(":holder", text(holder));
    values.put(":until", number(now.plus(lease).plus(SKEW_MAX).toEpochMilli()));
    values.put(":now", number(now.toEpochMilli()));
    values.put(":expires", number(now.plus(KEPT).getEpochSecond()));
    UpdateItemRequest.Builder update =
        update(id)
            .updateExpression(
                "SET #state = :underWay, #holder = :holder, #until = :until, #expires = :expires")
            .conditionExpression(
                "attribute_not_exists(#state) OR (#state = :underWay AND #until < :now)")
            .expressionAttributeNames(
                Map.of(
                    "#state",
                    "state",
                    "#holder",
                    "holder",
                    "#until",
                    "until",
                    "#expires",
                    "expires"))
            .expressionAttributeValues(values)
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    try {
      Map<String, AttributeValue> item = client.updateItem(update.build()).attributes();
      return new Answer.Granted(done(item));
    } catch (ConditionalCheckFailedException e) {
      boolean over = e.hasItem() && text("done").equals(e.item().get("state"));
      // A repetition by the SDK of a call that had been heard finds its own claim.
      boolean own = e.hasItem() && text(holder).equals(e.item().get("holder"));
      return over ? new Answer.Done() : own ? new Answer.Granted(done(e.item())) : UNDER_WAY;
    } catch (SdkException e) {
      throw unavailable(id, e);
    }
  }

  @Override
  public void finish(String id) {
    UpdateItemRequest.Builder update =
        update(id)
            .updateExpression("SET #state = :done, #expires = :expires REMOVE #parts")
            .expressionAttributeNames(
                Map.of("#state", "state", "#expires", "expires", "#parts", "parts"))
            .expressionAttributeValues(
                Map.of(
                    ":done",
                    text("done"),
                    ":expires",
                    number(clock.instant().plus(KEPT).getEpochSecond())));
    try {
      client.updateItem(update.build());
    } catch (SdkException e) {
      throw unavailable(id, e);
    }
  }

  @Override
  public void giveBack(String id, String holder, Set<String> done) {
    Map<String, String> names = new HashMap<>(Map.of("#holder", "holder", "#until", "until"));
    Map<String, AttributeValue> values =
        new HashMap<>(Map.of(":holder", text(holder), ":until", number(0)));
    String change = "SET #until = :until";
    if (!done.isEmpty()) { // DynamoDB has no empty set
      change += " ADD #parts :parts";
      names.put("#parts", "parts");
      values.put(":parts", AttributeValue.fromSs(done.stream().sorted().toList()));
    }
    try {
      client.updateItem(
          update(id)
              .updateExpression(change)
              .conditionExpression("#holder = :holder")
              .expressionAttributeNames(names)
              .expressionAttributeValues(values)
              .build());
    } catch (ConditionalCheckFailedException _) {
      // Another's by now, who will say for himself.
    } catch (SdkException e) {
      throw unavailable(id, e);
    }
  }

  private UpdateItemRequest.Builder update(String id) {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(Map.of("collection", text(COLLECTION), "id", text(id)))
        .overrideConfiguration(of -> of.apiCallTimeout(CALL_MAX));
  }

  private static Set<String> done(Map<String, AttributeValue> item) {
    AttributeValue parts = item.get("parts");
    return parts == null ? Set.of() : Set.copyOf(parts.ss());
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private static StoreException unavailable(String id, SdkException reason) {
    return new StoreException(
        AwsFailures.kind(reason, StoreException.Kind.UNAVAILABLE),
        "the claim to %s can't be read or written now; repeat later".formatted(id),
        reason);
  }
}
