// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentEdit.Put;
import dev.weir.document.DocumentKey;
import dev.weir.store.kit.KilledProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that edits, at moments that differ, and looks at what it leaves behind. */
class KilledDocumentsTest {

  private static final DocumentKey FIRST = new DocumentKey("sites", "first");
  private static final DocumentKey SECOND = new DocumentKey("sites", "second");

  /** Two of them are past the size at which the file is written anew every few edits. */
  private static final String PADDING = "x".repeat(300_000);

  @TempDir Path folder;

  /**
   * The process: edits two documents together, and says the number of each edit when it is made.
   */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      FileDocuments documents = FileDocuments.open(Path.of(arguments[0]));
      for (int number = Integer.parseInt(arguments[1]); ; number++) {
        String text = number + " " + PADDING;
        documents.apply(
            List.of(
                new Put(FIRST, text, DocumentEdit.ANY), new Put(SECOND, text, DocumentEdit.ANY)));
        System.out.println(number);
      }
    }
  }

  @Test
  void keepsEveryAcknowledgedEditWholeAfterAKill() throws Exception {
    int next = 1;
    for (int round = 0; round < 5; round++) {
      int last = KilledProcess.run(Victim.class, folder, next, next + 3 + 7 * round);
      try (FileDocuments documents = FileDocuments.open(folder)) {
        Document first = documents.get(FIRST).orElseThrow();
        Document second = documents.get(SECOND).orElseThrow();
        assertThat(first.json()).isEqualTo(second.json());
        // The last one may be there without having been acknowledged.
        assertThat(first.version()).isBetween((long) last, last + 1L).isEqualTo(second.version());
        assertThat(first.json()).isEqualTo(first.version() + " " + PADDING);
        next = (int) first.version() + 1;
      }
    }
  }
}
