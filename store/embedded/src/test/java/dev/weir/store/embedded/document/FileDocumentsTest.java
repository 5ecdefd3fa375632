// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.FillingDisk;
import dev.weir.store.embedded.log.FrameFile;
import dev.weir.store.embedded.log.SegmentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDocumentsTest {

  @TempDir Path folder;

  @Test
  void cutsOffATornTailAndGoesOnBehindIt() throws IOException {
    put("a", "1");
    put("b", "1");
    byte[] whole = Files.readAllBytes(file());
    put("c", "1");
    int end = (int) Files.size(file());
    byte[] torn = Files.readAllBytes(file());

    for (int length = whole.length + 1; length < end; length++) {
      Files.write(file(), Arrays.copyOf(torn, length));
      try (FileDocuments documents = FileDocuments.open(folder)) {
        assertThat(documents.list("sites", null, 10)).hasSize(2);
        put(documents, "d", "1");
      }
      try (FileDocuments documents = FileDocuments.open(folder)) {
        assertThat(documents.list("sites", null, 10))
            .as("after a tail of %d bytes", length)
            .hasSize(3);
      }
    }
  }

  @Test
  void beginsAnewWhereAKillLeftNotEvenTheHead() throws IOException {
    put("a", "1");
    byte[] all = Files.readAllBytes(file());
    for (int length = 0; length < FrameFile.HEADER_BYTES + 3; length++) {
      Files.write(file(), Arrays.copyOf(all, length));
      try (FileDocuments documents = FileDocuments.open(folder)) {
        assertThat(documents.list("sites", null, 10)).isEmpty();
      }
    }
  }

  @Test
  void refusesAFileThatIsDamagedInTheMiddle() throws IOException {
    put("a", "1");
    put("b", "1");
    put("c", "1");
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);

    assertRefused(Kind.UNAVAILABLE, file() + " is damaged at byte", "restore");
    assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
  }

  @Test
  void refusesFramesThatCheckButMakeNoSense() throws IOException {
    put("a", "1");
    try (FrameFile frames = FrameFile.open(file(), SegmentFiles.plain())) {
      frames.read(true, _ -> {});
      ByteSink frame = new ByteSink();
      frame.skip(FrameFile.HEADER_BYTES);
      frame.putByte('?');
      frames.append(frame);
    }

    assertRefused(Kind.UNAVAILABLE, "documents " + file() + " are damaged", "restore");
  }

  @Test
  void refusesTheFileOfANewerWeir() throws IOException {
    Files.createDirectories(file().getParent());
    try (FrameFile frames = FrameFile.open(file(), SegmentFiles.plain())) {
      ByteSink head = new ByteSink();
      head.skip(FrameFile.HEADER_BYTES);
      head.putByte('W');
      head.putVarint(DocumentFrames.FORMAT + 1);
      head.putVarint(0);
      head.putString("something that this Weir does not know");
      frames.append(head);
    }

    assertRefused(Kind.CONFLICT, "have format 2, this Weir knows up to 1", "use a newer Weir");
  }

  @Test
  void refusesAFolderThatIsInUseAndLetsGoOfItAtTheEnd() {
    try (FileDocuments documents = FileDocuments.open(folder)) {
      put(documents, "a", "1");
      assertRefused(Kind.CONFLICT, folder + " is in use by process", "stop it");
    }
    FileDocuments.open(folder).close();
  }

  @Test
  void countsChangesOnAfterARestart() throws InterruptedException {
    put("a", "1");
    put("a", "2");
    BlockingQueue<DocumentChange> told = new LinkedBlockingQueue<>();
    try (FileDocuments documents = FileDocuments.open(folder)) {
      documents.follow("sites", told::add);
      put(documents, "a", "3");
      DocumentChange change = told.poll(30, TimeUnit.SECONDS);
      assertThat(change).isNotNull();
      assertThat(change.sequence()).isEqualTo(3);
      assertThat(change.before()).isEqualTo(new Document(key("a"), 2, "2"));
    }
  }

  @Test
  void writesTheFileAnewWhenMostOfItIsGone() throws IOException {
    String text = "x".repeat(100_000);
    try (FileDocuments documents = FileDocuments.open(folder)) {
      put(documents, "kept", "here");
      for (int i = 0; i < 200; i++) {
        put(documents, "often", i + text);
      }
      assertThat(documents.storedBytes())
          .isLessThan(2 * DocumentFile.COMPACT_BYTES_MIN)
          .isEqualTo(Files.size(file()));
    }
    try (FileDocuments documents = FileDocuments.open(folder)) {
      assertThat(documents.get(key("kept"))).contains(new Document(key("kept"), 1, "here"));
      assertThat(documents.get(key("often")))
          .contains(new Document(key("often"), 200, "199" + text));
    }
    assertThat(file().resolveSibling("documents.log.new")).doesNotExist();
  }

  @Test
  void goesOnInTheOldFileWhereANewOneFindsNoRoom() {
    FillingDisk full = new FillingDisk();
    full.leave(500_000);
    SegmentFiles files =
        file -> (file.toString().endsWith(".new") ? full : SegmentFiles.plain()).open(file);
    String text = "x".repeat(100_000);
    try (FileDocuments documents = FileDocuments.open(folder, files)) {
      for (int i = 0; i < 30; i++) {
        put(documents, "kept-" + i, text);
      }
      assertThat(documents.storedBytes()).isGreaterThan(DocumentFile.COMPACT_BYTES_MIN);
      assertThat(file().resolveSibling("documents.log.new")).doesNotExist();
    }
    try (FileDocuments documents = FileDocuments.open(folder)) {
      assertThat(documents.list("sites", null, 100)).hasSize(30);
    }
  }

  @Test
  void keepsNothingOfAChangeThatTheDiskHadNoRoomFor() {
    FillingDisk disk = new FillingDisk();
    try (FileDocuments documents = FileDocuments.open(folder, disk)) {
      put(documents, "a", "1");
      disk.leave(20);
      assertThatThrownBy(() -> put(documents, "a", "2"))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageContaining("No space left");
      disk.leave(Long.MAX_VALUE);
      disk.failSync(true);
      assertThatThrownBy(() -> put(documents, "a", "3")).isInstanceOf(StoreException.class);
      assertThat(documents.get(key("a"))).contains(new Document(key("a"), 1, "1"));
      disk.failSync(false);
      put(documents, "b", "1");
    }
    try (FileDocuments documents = FileDocuments.open(folder)) {
      assertThat(documents.list("sites", null, 10))
          .containsExactly(new Document(key("a"), 1, "1"), new Document(key("b"), 1, "1"));
    }
  }

  @Test
  void copiesWhatIsThereWhileItIsOpen() {
    Path copy = folder.resolve("copy");
    assertThat(FileDocuments.areIn(copy)).isFalse();
    try (FileDocuments documents = FileDocuments.open(folder)) {
      put(documents, "a", "1");
      put(documents, "a", "2");
      put(documents, "b", "x".repeat(Documents.BYTES_MAX));
      documents.backup(copy);
      put(documents, "c", "after the copy");
    }
    assertThat(FileDocuments.areIn(copy)).isTrue();
    try (FileDocuments documents = FileDocuments.open(copy)) {
      assertThat(documents.get(key("a"))).contains(new Document(key("a"), 2, "2"));
      assertThat(documents.list("sites", null, 10)).hasSize(2);
      put(documents, "d", "goes on");
    }
  }

  @Test
  void refusesEditsOnceItIsClosed() {
    FileDocuments documents = FileDocuments.open(folder);
    documents.close();

    assertThatThrownBy(() -> put(documents, "a", "1"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  private void assertRefused(Kind kind, String... parts) {
    assertThatThrownBy(() -> FileDocuments.open(folder).close())
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  private void put(String id, String json) {
    try (FileDocuments documents = FileDocuments.open(folder)) {
      put(documents, id, json);
    }
  }

  private static void put(FileDocuments documents, String id, String json) {
    documents.apply(List.of(new DocumentEdit.Put(key(id), json, DocumentEdit.ANY)));
  }

  private static DocumentKey key(String id) {
    return new DocumentKey("sites", id);
  }

  private Path file() {
    return folder.resolve("documents").resolve("documents.log");
  }
}
