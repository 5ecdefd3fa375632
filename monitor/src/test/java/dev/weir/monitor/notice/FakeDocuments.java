// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Other documents, so that a test can put something in between. */
class FakeDocuments implements Documents {

  private final Documents real;

  FakeDocuments(Documents real) {
    this.real = real;
  }

  @Override
  public Optional<Document> get(DocumentKey key) {
    return real.get(key);
  }

  @Override
  public List<Document> list(String collection, @Nullable String afterId, int limit) {
    return real.list(collection, afterId, limit);
  }

  @Override
  public List<Document> apply(List<DocumentEdit> edits) {
    return real.apply(edits);
  }
}
