// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps documents; {@link FollowedDocuments} tell of their changes too. Thread-safe. */
public interface Documents {

  /** Bytes of one document's text as UTF-8; an item of DynamoDB has at most 400 KB. */
  int BYTES_MAX = 350_000;

  /** Edits that can be made together; a transaction of DynamoDB has at most 100. */
  int EDITS_MAX = 100;

  Optional<Document> get(DocumentKey key);

  /**
   * Documents of one collection in the order of their ids' UTF-8 bytes.
   *
   * @param afterId where to go on: ids greater than this one; null for the beginning
   * @param limit at most so many; fewer mean that there are no more
   */
  List<Document> list(String collection, @Nullable String afterId, int limit);

  /**
   * Makes these edits, all or none; durable when this returns. A put of the text that is there
   * already changes nothing and is told to nobody.
   *
   * @return the documents that are there afterwards, in the order of the edits, deletions left out
   * @throws dev.weir.store.StoreException {@code CONFLICT} where a version is not the expected one;
   *     {@code BAD_REQUEST} for more than {@link #EDITS_MAX} edits, two of one key, or a text over
   *     {@link #BYTES_MAX}; {@code UNAVAILABLE} where it can't be written now
   */
  List<Document> apply(List<DocumentEdit> edits);
}
