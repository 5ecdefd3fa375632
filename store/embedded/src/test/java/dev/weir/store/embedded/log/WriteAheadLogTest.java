// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteAheadLogTest {

  @TempDir Path folder;

  private final FillingDisk disk = new FillingDisk();

  @Test
  void readsBackWhatWasAppended() throws IOException {
    try (WriteAheadLog log = open(0)) {
      append(log, "one");
      append(log, "two");
      log.rotate();
      append(log, "three");
    }

    assertThat(read(0)).containsExactly("1:one", "1:two", "2:three");
  }

  @Test
  void cutsATornTail() throws IOException {
    try (WriteAheadLog log = open(0)) {
      append(log, "one");
      append(log, "two");
    }
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    for (int length = whole.length - 1; length > whole.length / 2; length--) {
      Files.write(segment, Arrays.copyOf(whole, length));
      assertThat(read(0)).containsExactly("1:one");
    }
    try (WriteAheadLog log = open(0)) {
      append(log, "three");
    }

    assertThat(read(0)).containsExactly("1:one", "1:three");
  }

  @Test
  void refusesDamageInTheMiddle() throws IOException {
    try (WriteAheadLog log = open(0)) {
      append(log, "one");
      append(log, "two");
    }
    Path segment = segments().getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    for (int at : new int[] {0, 5, 9, 13}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(segment, damaged);
      assertThatThrownBy(() -> read(0))
          .isInstanceOf(CorruptLogException.class)
          .hasMessageContaining("is damaged at byte 0 of " + bytes.length);
    }
  }

  @Test
  void refusesAMissingSegment() throws IOException {
    try (WriteAheadLog log = open(0)) {
      append(log, "one");
      log.rotate();
      append(log, "two");
      log.rotate();
      append(log, "three");
    }
    Files.delete(segments().get(1));

    assertThatThrownBy(() -> read(0))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("000000000002.log is missing, and 000000000003.log is there");
  }

  @Test
  void refusesAFileThatCoversLessThanTheLogLeavesOut() throws IOException {
    try (WriteAheadLog log = open(6)) {
      append(log, "seven");
    }

    assertThatThrownBy(() -> read(0))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("000000000001.log is missing, and 000000000007.log is there");
  }

  @Test
  void refusesATornSegmentThatIsNotTheLast() throws IOException {
    try (WriteAheadLog log = open(0)) {
      append(log, "one");
      log.rotate();
      append(log, "two");
    }
    Path first = segments().getFirst();
    byte[] bytes = Files.readAllBytes(first);
    Files.write(first, Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> read(0)).isInstanceOf(CorruptLogException.class);
  }

  @Test
  void leavesNoTraceOfAnAppendThatFailed() throws IOException {
    try (WriteAheadLog log = open(0)) {
      append(log, "one");
      disk.leave(14);
      assertThatThrownBy(() -> append(log, "lost")).hasMessage("No space left on device");
      assertThatThrownBy(() -> append(log, "lost too")).isInstanceOf(IOException.class);
      disk.leave(Long.MAX_VALUE);
      append(log, "two");
      disk.failSync(true);
      assertThatThrownBy(() -> append(log, "lost")).hasMessage("Input/output error");
      disk.failSync(false);
      append(log, "three");
    }

    assertThat(read(0)).containsExactly("1:one", "1:two", "1:three");
  }

  @Test
  void passesOverWhatIsSealed() throws IOException {
    try (WriteAheadLog log = open(0)) {
      append(log, "one");
      log.rotate();
      append(log, "two");
      log.rotate();
      append(log, "three");
      log.deleteThrough(1);
    }

    assertThat(segments()).hasSize(2);
    assertThat(read(2)).containsExactly("3:three");
    assertThat(segments()).hasSize(1);
  }

  @Test
  void neverReusesTheNumberOfASealedSegment() throws IOException {
    try (WriteAheadLog log = open(7)) {
      assertThat(log.currentSegment()).isEqualTo(8);
    }
  }

  private WriteAheadLog open(long sealed) throws IOException {
    return WriteAheadLog.open(folder, disk, sealed, (frame, segment) -> {});
  }

  private List<String> read(long sealed) throws IOException {
    List<String> frames = new ArrayList<>();
    WriteAheadLog.open(
            folder, disk, sealed, (frame, segment) -> frames.add(segment + ":" + frame.getString()))
        .close();
    return frames;
  }

  private static void append(WriteAheadLog log, String text) throws IOException {
    ByteSink sink = new ByteSink();
    sink.skip(WriteAheadLog.HEADER_BYTES);
    sink.putString(text);
    log.append(sink);
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
