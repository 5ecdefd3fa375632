// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How documents are items of one table. */
interface DocumentTable {

  String name();

  /**
   * The item's key.
   *
   * @throws dev.weir.store.StoreException {@code BAD_REQUEST} for an id that no item can have
   */
  Map<String, AttributeValue> key(DocumentKey key);

  /** The name of the attribute that every item of the table has. */
  String hashKey();

  /** The version of an item: the one that Weir gave it, or one that its content makes. */
  long version(Map<String, AttributeValue> item);

  /** Attributes that tell whether an item is still the one that was read. */
  Map<String, AttributeValue> pins(Map<String, AttributeValue> item);

  /** The document; empty where the item is none. */
  Optional<Document> document(Map<String, AttributeValue> item);

  /**
   * The item that a document becomes.
   *
   * @param before empty where there is none
   * @throws dev.weir.store.StoreException {@code BAD_REQUEST} for a text that can't be an item
   */
  Map<String, AttributeValue> item(DocumentEdit.Put put, Map<String, AttributeValue> before);

  /** As {@link dev.weir.document.Documents#list} says. */
  List<Document> list(String collection, @Nullable String afterId, int limit);
}
