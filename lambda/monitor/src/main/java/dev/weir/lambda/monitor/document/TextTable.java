// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * All collections but the sites: an item is a key of collection and id, a text and a version. The
 * table is Weir's own, so an item without these is somebody else's affair, such as a claim.
 */
final class TextTable implements DocumentTable {

  static final String COLLECTION = "collection";
  static final String ID = "id";
  static final String JSON = "json";

  /** Bytes of a range key. */
  static final int ID_BYTES_MAX = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(TextTable.class);

  private final TableCalls calls;
  private final String name;

  TextTable(TableCalls calls, String name) {
    this.calls = calls;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String hashKey() {
    return COLLECTION;
  }

  @Override
  public Map<String, AttributeValue> key(DocumentKey key) {
    int bytes = key.id().getBytes(UTF_8).length;
    if (bytes > ID_BYTES_MAX) {
      throw new StoreException(
          StoreException.Kind.BAD_REQUEST,
          "an id of %s has %d bytes, at most %d in DynamoDB; shorten it"
              .formatted(key.collection(), bytes, ID_BYTES_MAX));
    }
    return Map.of(
        COLLECTION, AttributeValue.fromS(key.collection()), ID, AttributeValue.fromS(key.id()));
  }

  @Override
  public long version(Map<String, AttributeValue> item) {
    AttributeValue version = item.get(SiteItem.VERSION);
    return version != null && version.n() != null && version.n().matches("[1-9]\\d{0,17}")
        ? Long.parseLong(version.n())
        : ItemVersions.of(item);
  }

  /** Only Weir writes here, and it counts each change. */
  @Override
  public Map<String, AttributeValue> pins(Map<String, AttributeValue> item) {
    AttributeValue version = item.get(SiteItem.VERSION);
    return version == null ? item : Map.of(SiteItem.VERSION, version);
  }

  @Override
  public Optional<Document> document(Map<String, AttributeValue> item) {
    AttributeValue json = item.get(JSON);
    String id = AttributeText.text(item, ID);
    if (json == null || json.s() == null || id.length() > DocumentKey.ID_LENGTH_MAX) {
      LOG.debug("item {} of {} holds no document", id, name);
      return Optional.empty();
    }
    DocumentKey key = new DocumentKey(AttributeText.text(item, COLLECTION), id);
    return Optional.of(new Document(key, version(item), json.s()));
  }

  @Override
  public Map<String, AttributeValue> item(
      DocumentEdit.Put put, Map<String, AttributeValue> before) {
    Map<String, AttributeValue> item = new HashMap<>(key(put.key()));
    long version = before.isEmpty() ? 0 : version(before);
    item.put(JSON, AttributeValue.fromS(put.json()));
    item.put(
        SiteItem.VERSION,
        AttributeValue.fromN(Long.toString(version < ItemVersions.CONTENT_MIN ? version + 1 : 1)));
    return item;
  }

  @Override
  public List<Document> list(String collection, @Nullable String afterId, int limit) {
    QueryRequest request = query(collection, afterId).limit(limit).build();
    List<Document> page = new ArrayList<>();
    while (true) {
      QueryRequest next = request;
      QueryResponse answer = calls.call(name, client -> client.query(next));
      for (Map<String, AttributeValue> item : answer.items()) {
        document(item).ifPresent(page::add);
        if (page.size() == limit) {
          return page;
        }
      }
      if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
        return page;
      }
      request = request.toBuilder().exclusiveStartKey(answer.lastEvaluatedKey()).build();
    }
  }

  private QueryRequest.Builder query(String collection, @Nullable String afterId) {
    Map<String, AttributeValue> values = new HashMap<>();
    Map<String, String> names = new HashMap<>(Map.of("#collection", COLLECTION));
    values.put(":collection", AttributeValue.fromS(collection));
    if (afterId != null) {
      names.put("#id", ID);
      values.put(":after", AttributeValue.fromS(afterId));
    }
    return QueryRequest.builder()
        .tableName(name)
        .consistentRead(true)
        .keyConditionExpression(
            "#collection = :collection" + (afterId == null ? "" : " AND #id > :after"))
        .expressionAttributeNames(names)
        .expressionAttributeValues(values);
  }
}
