// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The same documents for an API: a table that is missing, or closed to the function, is no fault of
 * the caller's, who would take 404 and 403 for words about a site.
 */
record OperatorsFaults(Documents documents) implements Documents {

  @Override
  public Optional<Document> get(DocumentKey key) {
    return told(() -> documents.get(key));
  }

  @Override
  public List<Document> list(String collection, @Nullable String afterId, int limit) {
    return told(() -> documents.list(collection, afterId, limit));
  }

  @Override
  public List<Document> apply(List<DocumentEdit> edits) {
    return told(() -> documents.apply(edits));
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.DENIED) {
        throw new StoreException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }
}
