// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.document.EditRules;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Documents in DynamoDB: the sites in a table as the original has it, everything else in a table of
 * texts. Reads see every write that has returned. Edits of several documents are one transaction; a
 * list that is read meanwhile may show some of them before the others, which is DynamoDB's way. An
 * edit of one document whose answer was lost on the way may be told as a conflict with itself.
 *
 * <p>A document of the sites' table that others wrote has a version that is made of its content, so
 * that a change that expects it fails where they have written again. Thread-safe.
 */
public final class DynamoDocuments implements Documents {

  /** Others may change what is changed here; so often it is looked at anew. */
  static final int ATTEMPTS_MAX = 10;

  /** Answers of one read of many items: 16 MB each, of at most 100 items of 400 KB. */
  private static final int ANSWERS_MAX = 20;

  private final TableCalls calls;
  private final SiteTable sites;
  private final TextTable texts;

  /**
   * Documents of two tables that are there already.
   *
   * @param region of both tables; also where a site is checked from that names no region
   */
  public DynamoDocuments(
      DynamoDbClient client, String region, String sitesTable, String documentsTable) {
    this.calls = new TableCalls(client, region);
    this.sites = new SiteTable(calls, sitesTable, region);
    this.texts = new TextTable(calls, documentsTable);
  }

  @Override
  public Optional<Document> get(DocumentKey key) {
    DocumentTable table = table(key.collection());
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table.name())
            .key(table.key(key))
            .consistentRead(true)
            .build();
    Map<String, AttributeValue> item =
        calls.call(table.name(), client -> client.getItem(request)).item();
    return item.isEmpty() ? Optional.empty() : table.document(item);
  }

  @Override
  public List<Document> list(String collection, @Nullable String afterId, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a list has at least 1 document, not " + limit);
    }
    return table(collection).list(collection, afterId, limit);
  }

  @Override
  public List<Document> apply(List<DocumentEdit> edits) {
    EditRules.check(edits);
    if (edits.isEmpty()) {
      return List.of();
    }
    for (int attempt = 1; ; attempt++) {
      Map<DocumentKey, Map<String, AttributeValue>> now = read(edits);
      List<PinnedEdit> pinned =
          edits.stream()
              .map(edit -> PinnedEdit.of(table(edit.key().collection()), edit, item(now, edit)))
              .toList();
      try {
        make(pinned);
        return documents(pinned);
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.CONFLICT) {
          throw e;
        }
        if (attempt == ATTEMPTS_MAX) {
          throw new StoreException(
              StoreException.Kind.THROTTLED,
              "%d documents are changed by others all the time; wait".formatted(edits.size()),
              e);
        }
      }
    }
  }

  private static List<Document> documents(List<PinnedEdit> edits) {
    return edits.stream().map(PinnedEdit::document).flatMap(Optional::stream).toList();
  }

  private void make(List<PinnedEdit> edits) {
    List<PinnedEdit> changes = edits.stream().filter(PinnedEdit::changes).toList();
    if (changes.isEmpty()) {
      return;
    }
    if (edits.size() == 1) {
      makeOne(edits.getFirst());
      return;
    }
    List<TransactWriteItem> items = edits.stream().map(PinnedEdit::inTransaction).toList();
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder().transactItems(items).build();
    calls.call(changes.getFirst().table().name(), client -> client.transactWriteItems(request));
  }

  private void makeOne(PinnedEdit edit) {
    String table = edit.table().name();
    Map<String, AttributeValue> after = edit.after();
    if (after == null) {
      calls.call(table, client -> client.deleteItem(edit.delete()));
    } else {
      calls.call(table, client -> client.putItem(edit.put(after)));
    }
  }

  // ---- what is there before an edit ----

  private static Map<String, AttributeValue> item(
      Map<DocumentKey, Map<String, AttributeValue>> now, DocumentEdit edit) {
    return now.getOrDefault(edit.key(), Map.of());
  }

  private Map<DocumentKey, Map<String, AttributeValue>> read(List<DocumentEdit> edits) {
    Map<Map<String, AttributeValue>, DocumentKey> keys = new HashMap<>();
    Map<String, List<Map<String, AttributeValue>>> wanted = new HashMap<>();
    for (DocumentEdit edit : edits) {
      DocumentTable table = table(edit.key().collection());
      Map<String, AttributeValue> key = table.key(edit.key());
      keys.put(key, edit.key());
      wanted.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(key);
    }
    Map<String, KeysAndAttributes> request = new HashMap<>();
    wanted.forEach((table, all) ->
        request.put(table, KeysAndAttributes.builder().keys(all).consistentRead(true).build()));
    Map<DocumentKey, Map<String, AttributeValue>> now = new HashMap<>();
    for (Map<String, AttributeValue> item : items(request)) {
      DocumentKey key = keys.get(key(item));
      if (key != null) {
        now.put(key, item);
      }
    }
    return now;
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    AttributeValue site = item.get(SiteItem.SITE_ID);
    AttributeValue collection = item.get(TextTable.COLLECTION);
    AttributeValue id = item.get(TextTable.ID);
    return site != null || collection == null || id == null
        ? Map.of(SiteItem.SITE_ID, site == null ? AttributeValue.fromS("") : site)
        : Map.of(TextTable.COLLECTION, collection, TextTable.ID, id);
  }

  private List<Map<String, AttributeValue>> items(Map<String, KeysAndAttributes> wanted) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, KeysAndAttributes> rest = wanted;
    String table = wanted.keySet().iterator().next();
    for (int answer = 0; answer < ANSWERS_MAX; answer++) {
      BatchGetItemRequest request = BatchGetItemRequest.builder().requestItems(rest).build();
      BatchGetItemResponse found = calls.call(table, client -> client.batchGetItem(request));
      found.responses().values().forEach(items::addAll);
      rest = found.unprocessedKeys();
      if (rest.isEmpty()) {
        return items;
      }
    }
    throw new StoreException(
        StoreException.Kind.THROTTLED,
        "table %s gives items too slowly now; wait".formatted(table));
  }

  private DocumentTable table(String collection) {
    return collection.equals(SiteBook.COLLECTION) ? sites : texts;
  }
}
