// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import dev.weir.document.Documents;
import dev.weir.document.FollowedDocuments;
import dev.weir.store.kit.DocumentFeedContract;
import dev.weir.store.kit.DocumentsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileDocumentsContractTest {

  @TempDir Path folder;

  @Nested
  class Kept extends DocumentsContract {
    @Override
    protected Documents open() {
      return FileDocuments.open(folder);
    }

    @Override
    protected Documents reopened(Documents documents) {
      close(documents);
      return open();
    }

    @Override
    protected void close(Documents documents) {
      ((FileDocuments) documents).close();
    }
  }

  @Nested
  class Told extends DocumentFeedContract {
    @Override
    protected FollowedDocuments open() {
      return FileDocuments.open(folder);
    }

    @Override
    protected void close(FollowedDocuments documents) {
      ((FileDocuments) documents).close();
    }
  }
}
