// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.document.FollowedDocuments;
import dev.weir.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryDocumentsTest {

  private static final DocumentKey KEY = new DocumentKey("sites", "shop");

  @Test
  void failsOnceAndChangesNothingThen() {
    MemoryDocuments documents = new MemoryDocuments();
    documents.failNext(new StoreException(StoreException.Kind.UNAVAILABLE, "disk full"));
    List<DocumentEdit> edits = List.of(new DocumentEdit.Put(KEY, "{}", 0));

    assertThatThrownBy(() -> documents.apply(edits)).hasMessage("disk full");
    assertThat(documents.get(KEY)).isEmpty();
    assertThat(documents.apply(edits)).hasSize(1);
  }

  @Nested
  class Kept extends DocumentsContract {
    @Override
    protected Documents open() {
      return new MemoryDocuments();
    }

    @Override
    protected void close(Documents documents) {}
  }

  @Nested
  class Told extends DocumentFeedContract {
    @Override
    protected FollowedDocuments open() {
      return new MemoryDocuments();
    }

    @Override
    protected void close(FollowedDocuments documents) {}
  }
}
