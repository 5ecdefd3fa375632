// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.document.SiteItem;
import dev.weir.lambda.monitor.schedule.Calls;
import dev.weir.monitor.check.SiteKey;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The items of a table of DynamoDB. */
final class TableItems implements SiteItems {

  private final DynamoDbClient client;
  private final String table;
  private final String region;
  private final Calls calls;

  /**
   * A table that is there already.
   *
   * @param region where a site is checked from that names no region
   */
  TableItems(DynamoDbClient client, String table, String region, Calls calls) {
    this.client = client;
    this.table = table;
    this.region = region;
    this.calls = calls;
  }

  @Override
  public Present get(SiteKey key) {
    Map<String, AttributeValue> item =
        calls
            .make(
                "dynamodb:GetItem",
                () ->
                    client.getItem(request ->
                        request
                            .tableName(table)
                            .consistentRead(true)
                            .key(
                                Map.of(
                                    SiteItem.SITE_ID, AttributeValue.fromS(SiteItem.siteId(key))))))
            .item();
    return item.isEmpty() ? new Present.Absent() : present(item);
  }

  @Override
  public void each(Consumer<Item> consumer) {
    Map<String, AttributeValue> from = Map.of();
    do {
      Map<String, AttributeValue> start = from;
      ScanResponse page =
          calls.make(
              "dynamodb:Scan",
              () ->
                  client.scan(request ->
                      request
                          .tableName(table)
                          .consistentRead(true)
                          .exclusiveStartKey(start.isEmpty() ? null : start)));
      for (Map<String, AttributeValue> item : page.items()) {
        AttributeValue siteId = item.get(SiteItem.SITE_ID);
        consumer.accept(new Item(siteId == null ? "" : siteId.s(), present(item)));
      }
      from = page.lastEvaluatedKey();
    } while (!from.isEmpty());
  }

  private Present present(Map<String, AttributeValue> item) {
    return present(item, region);
  }

  /** What an item says, wherever it was found. */
  static Present present(Map<String, AttributeValue> item, String region) {
    return switch (SiteItem.read(item, region)) {
      case SiteItem.Reading.Read read -> new Present.Readable(read.site());
      case SiteItem.Reading.Refused refused -> new Present.Unreadable(refused.reason());
    };
  }
}
