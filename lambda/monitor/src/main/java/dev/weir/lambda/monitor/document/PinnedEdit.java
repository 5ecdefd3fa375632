// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.EditRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * One edit, judged by the item that was read, and made under the condition that the item is still
 * this one.
 *
 * @param before empty where there is none
 * @param after the item to be; null where there is to be none; the same as before where nothing
 *     changes
 */
record PinnedEdit(
    DocumentTable table,
    DocumentEdit edit,
    Map<String, AttributeValue> before,
    @Nullable Map<String, AttributeValue> after) {

  /** DynamoDB takes 300 operators in an expression; a site has no more attributes than this. */
  private static final int PINNED_MAX = 64;

  /**
   * Judges an edit.
   *
   * @throws dev.weir.store.StoreException {@code CONFLICT} where the version is another; {@code
   *     BAD_REQUEST} for a text that can't be an item
   */
  static PinnedEdit of(DocumentTable table, DocumentEdit edit, Map<String, AttributeValue> before) {
    long version = before.isEmpty() ? 0 : table.version(before);
    if (edit.expectedVersion() != DocumentEdit.ANY && edit.expectedVersion() != version) {
      throw EditRules.conflict(edit, version);
    }
    return switch (edit) {
      case DocumentEdit.Delete ignored -> new PinnedEdit(table, edit, before, null);
      case DocumentEdit.Put put -> {
        Map<String, AttributeValue> item = table.item(put, before);
        boolean same =
            !before.isEmpty()
                && table
                    .document(before)
                    .map(Document::json)
                    .equals(table.document(item).map(Document::json));
        yield new PinnedEdit(table, edit, before, same ? before : item);
      }
    };
  }

  /** Whether the item is to be another than it is. */
  boolean changes() {
    return after == null ? !before.isEmpty() : !after.equals(before);
  }

  /** The document afterwards. */
  Optional<Document> document() {
    return after == null ? Optional.empty() : table.document(after);
  }

  PutItemRequest put(Map<String, AttributeValue> item) {
    Condition condition = condition();
    return PutItemRequest.builder()
        .tableName(table.name())
        .item(item)
        .conditionExpression(condition.expression())
        .expressionAttributeNames(condition.names())
        .expressionAttributeValues(condition.valuesOrNull())
        .build();
  }

  DeleteItemRequest delete() {
    Condition condition = condition();
    return DeleteItemRequest.builder()
        .tableName(table.name())
        .key(table.key(edit.key()))
        .conditionExpression(condition.expression())
        .expressionAttributeNames(condition.names())
        .expressionAttributeValues(condition.valuesOrNull())
        .build();
  }

  /** As one of several; of what stays as it is, only that it does. */
  TransactWriteItem inTransaction() {
    Condition condition = condition();
    TransactWriteItem.Builder item = TransactWriteItem.builder();
    if (!changes()) {
      ConditionCheck.Builder check =
          ConditionCheck.builder()
              .tableName(table.name())
              .key(table.key(edit.key()))
              .conditionExpression(condition.expression())
              .expressionAttributeNames(condition.names())
              .expressionAttributeValues(condition.valuesOrNull());
      return item.conditionCheck(check.build()).build();
    }
    if (after == null) {
      Delete.Builder delete =
          Delete.builder()
              .tableName(table.name())
              .key(table.key(edit.key()))
              .conditionExpression(condition.expression())
              .expressionAttributeNames(condition.names())
              .expressionAttributeValues(condition.valuesOrNull());
      return item.delete(delete.build()).build();
    }
    Put.Builder put =
        Put.builder()
            .tableName(table.name())
            .item(after)
            .conditionExpression(condition.expression())
            .expressionAttributeNames(condition.names())
            .expressionAttributeValues(condition.valuesOrNull());
    return item.put(put.build()).build();
  }

  private record Condition(
      String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    /** DynamoDB refuses an empty mapping. */
    @Nullable Map<String, AttributeValue> valuesOrNull() {
      return values.isEmpty() ? null : values;
    }
  }

  private Condition condition() {
    if (before.isEmpty()) {
      return new Condition("attribute_not_exists(#key)", Map.of("#key", table.hashKey()), Map.of());
    }
    List<String> terms = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    for (Map.Entry<String, AttributeValue> each : new TreeMap<>(table.pins(before)).entrySet()) {
      String number = Integer.toString(terms.size());
      if (terms.size() == PINNED_MAX) {
        break;
      }
      names.put("#a" + number, each.getKey());
      values.put(":v" + number, each.getValue());
      terms.add("#a%s = :v%s".formatted(number, number));
    }
    for (String name : List.of(SiteItem.VERSION, SiteItem.DIGEST)) {
      if (!before.containsKey(name)) {
        names.put("#" + name, name);
        terms.add("attribute_not_exists(#%s)".formatted(name));
      }
    }
    return new Condition(String.join(" AND ", terms), names, values);
  }
}
