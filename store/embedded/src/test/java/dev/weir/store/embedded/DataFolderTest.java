// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path root;

  @Test
  void namesTheOwnerOfAFolderThatIsInUse() {
    try (DataFolder first = DataFolder.open(root)) {
      assertThat(first.root()).isEqualTo(root);
      assertThatThrownBy(() -> DataFolder.open(root))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid() + ":");
    }
    DataFolder.open(root).close();
  }

  @Test
  void refusesANewerFormatInOneLine() throws IOException {
    Files.writeString(root.resolve("format"), "3\n");

    assertThatThrownBy(() -> DataFolder.open(root))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "data folder %s has format 3, this Weir knows up to 2: use a newer Weir"
                .formatted(root));
  }

  @Test
  void refusesAFormatThatIsNoNumber() throws IOException {
    Files.writeString(root.resolve("format"), "garbage");

    assertThatThrownBy(() -> DataFolder.open(root)).hasMessageContaining("no version number");
  }

  @Test
  void refusesABackupThatBrokeOff() throws IOException {
    Files.writeString(root.resolve("weir.duckdb"), "half");

    assertThatThrownBy(() -> DataFolder.open(root))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has data but no file format");
  }

  @Test
  void refusesAFileInPlaceOfTheFolder() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "x");

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessage("data folder %s can't be used: it is a file; name a folder".formatted(file));
  }

  @Test
  void leavesNoEmptyFormatWhereItCannotBeWritten() throws IOException {
    // Stands for a full disk: the new format can't be written where a folder is.
    Path blocked = Files.createDirectories(root.resolve("format.new/x"));

    assertThatThrownBy(() -> DataFolder.open(root)).isInstanceOf(StoreException.class);
    assertThat(root.resolve("format")).doesNotExist();

    Files.delete(blocked);
    Files.delete(blocked.getParent());
    DataFolder.open(root).close();
    assertThat(root.resolve("format")).hasContent("2");
  }

  @Test
  void clearsTemporaryFilesAtStart() throws IOException {
    DataFolder.open(root).close();
    Path left = Files.writeString(root.resolve("tmp/result-1"), "x");

    DataFolder.open(root).close();

    assertThat(left).doesNotExist();
  }
}
