// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sites as items of the table, put there as anybody may who has the right. */
final class SiteItems {

  private final DynamoDbClient dynamoDb;

  SiteItems(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /** The fields of an item, one after another. */
  static final class Fields {

    private final Map<String, AttributeValue> fields = new HashMap<>();

    Fields text(String name, String value) {
      fields.put(name, AttributeValue.fromS(value));
      return this;
    }

    Fields number(String name, String value) {
      fields.put(name, AttributeValue.fromN(value));
      return this;
    }

    Fields flag(String name, boolean value) {
      fields.put(name, AttributeValue.fromBool(value));
      return this;
    }

    /** A map without entries. */
    Fields nothing(String name) {
      fields.put(name, AttributeValue.fromM(Map.of()));
      return this;
    }

    Fields texts(String name, String... values) {
      fields.put(
          name, AttributeValue.fromL(List.of(values).stream().map(AttributeValue::fromS).toList()));
      return this;
    }
  }

  /** As the original has them: minutes, seconds, and a text that must be there. */
  static Fields original(String endpoint, int rate) {
    return new Fields()
        .text("endpoint", endpoint)
        .number("rate", Integer.toString(rate))
        .number("latencyConstraint", "5")
        .text("testString", "hello");
  }

  /** One request each time, one that fails is enough, and any page is well. */
  static Fields quick(String endpoint, String interval) {
    return new Fields()
        .nothing("expect")
        .text("endpoint", endpoint)
        .text("interval", interval)
        .number("requests", "1")
        .number("confirm", "1");
  }

  /** Writes the whole item, over whatever was there. */
  void put(String id, Fields fields) {
    Map<String, AttributeValue> item = new HashMap<>(fields.fields);
    item.put("SiteId", AttributeValue.fromS(id));
    dynamoDb.putItem(p -> p.tableName(MonitoringStack.SITES).item(item));
  }

  void delete(String id) {
    dynamoDb.deleteItem(
        d -> d.tableName(MonitoringStack.SITES).key(Map.of("SiteId", AttributeValue.fromS(id))));
  }

  /** All that is in the table. */
  void deleteAll() {
    dynamoDb
        .scanPaginator(s -> s.tableName(MonitoringStack.SITES))
        .items()
        .forEach(item -> delete(item.get("SiteId").s()));
  }
}
