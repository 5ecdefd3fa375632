// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.lambda.monitor.document.SiteItem.Reading;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * The sites: each an item as {@link SiteItem} says. An item that is no site is a document all the
 * same, with the item as its text, so that whoever lists sites leaves it out and says why, and it
 * can be changed and removed; one that not even is called as a site may be is none.
 */
final class SiteTable implements DocumentTable {

  private static final Logger LOG = LoggerFactory.getLogger(SiteTable.class);

  /** Characters of a name that is no site's. */
  private static final int SHOWN_MAX = 80;

  /** Items that are remembered as told of; of more than these nothing is told. */
  private static final int WARNED_MAX = 1_000;

  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private final TableCalls calls;
  private final String name;
  private final String region;

  SiteTable(TableCalls calls, String name, String region) {
    this.calls = calls;
    this.name = name;
    this.region = region;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String hashKey() {
    return SiteItem.SITE_ID;
  }

  @Override
  public Map<String, AttributeValue> key(DocumentKey key) {
    int slash = key.id().indexOf('/');
    if (slash < 1 || slash == key.id().length() - 1) {
      throw new StoreException(
          StoreException.Kind.BAD_REQUEST,
          "a site's document is called customer/id, not '%s'".formatted(key.id()));
    }
    return Map.of(SiteItem.SITE_ID, AttributeValue.fromS(SiteItem.siteId(key.id())));
  }

  @Override
  public long version(Map<String, AttributeValue> item) {
    return ItemVersions.of(item);
  }

  /** All of them: who writes by hand leaves the version as it is. */
  @Override
  public Map<String, AttributeValue> pins(Map<String, AttributeValue> item) {
    return item;
  }

  @Override
  public Optional<Document> document(Map<String, AttributeValue> item) {
    return documentKey(AttributeText.text(item, SiteItem.SITE_ID))
        .map(key -> new Document(key, version(item), text(item)));
  }

  private String text(Map<String, AttributeValue> item) {
    return switch (SiteItem.read(item, region)) {
      case Reading.Read read -> SiteWriter.write(read.site());
      case Reading.Refused ignored -> AttributeText.typed(item);
    };
  }

  private static Optional<DocumentKey> documentKey(String siteId) {
    return SiteItem.key(siteId).map(key -> new DocumentKey(SiteBook.COLLECTION, key.toString()));
  }

  @Override
  public Map<String, AttributeValue> item(
      DocumentEdit.Put put, Map<String, AttributeValue> before) {
    return switch (new SiteReader(region).read(put.key().id(), put.json())) {
      case SiteReader.Reading.Sites sites
          when sites.sites().size() == 1
              && sites.sites().getFirst().key().toString().equals(put.key().id()) ->
          item(sites.sites().getFirst(), before);
      case SiteReader.Reading.Sites ignored ->
          throw refused(put.key(), "its text is of another site");
      case SiteReader.Reading.Refused refused ->
          throw refused(put.key(), refused.problems().getFirst().toString());
    };
  }

  private static Map<String, AttributeValue> item(Site site, Map<String, AttributeValue> before) {
    return ItemVersions.next(SiteItem.write(site), before);
  }

  private static StoreException refused(DocumentKey key, String reason) {
    return new StoreException(
        StoreException.Kind.BAD_REQUEST,
        "site %s can't be kept as an item: %s".formatted(key.id(), reason));
  }

  /**
   * The table has no order, so each page looks at all items and keeps the first: memory for one
   * page, time for them all. Ten thousand sites are a handful of calls.
   */
  @Override
  public List<Document> list(String collection, @Nullable String afterId, int limit) {
    ScanRequest request = ScanRequest.builder().tableName(name).consistentRead(true).build();
    NavigableMap<DocumentKey, Map<String, AttributeValue>> first = new TreeMap<>();
    while (true) {
      ScanRequest next = request;
      ScanResponse answer = calls.call(name, client -> client.scan(next));
      answer.items().forEach(item -> keep(item, afterId, limit, first));
      if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
        return first.values().stream().map(this::document).flatMap(Optional::stream).toList();
      }
      request = request.toBuilder().exclusiveStartKey(answer.lastEvaluatedKey()).build();
    }
  }

  private void keep(
      Map<String, AttributeValue> item,
      @Nullable String afterId,
      int limit,
      NavigableMap<DocumentKey, Map<String, AttributeValue>> first) {
    String siteId = AttributeText.text(item, SiteItem.SITE_ID);
    Optional<DocumentKey> key = documentKey(siteId);
    if (key.isEmpty()) {
      warn(siteId);
    } else if (afterId == null
        || key.get().compareTo(new DocumentKey(SiteBook.COLLECTION, afterId)) > 0) {
      first.put(key.get(), item);
      if (first.size() > limit) {
        first.pollLastEntry();
      }
    }
  }

  /** Once, since lists meet it again and again. */
  private void warn(String siteId) {
    if (warned.size() < WARNED_MAX && warned.add(siteId)) {
      LOG.warn(
          "item {} of {} is left out: no site can be called so",
          siteId.substring(0, Math.min(siteId.length(), SHOWN_MAX)),
          name);
    }
  }
}
