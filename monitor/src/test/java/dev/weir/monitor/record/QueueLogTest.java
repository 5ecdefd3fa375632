// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.record.QueueLog.Frames;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueLogTest {

  /** Ten frames of eight bytes and their headers of eight. */
  private static final int SEGMENT = 150;

  @TempDir Path folder;

  @Test
  void givesFramesInTheirOrderAcrossSegmentsAndStarts() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 25);
      assertThat(texts(log.next(7))).containsExactlyElementsOf(frames(0, 7));
      assertThat(texts(log.next(7))).containsExactlyElementsOf(frames(0, 7));
      log.takeOff(log.next(7).end());
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(7, 25));
      assertThat(log.waitingBytes()).isEqualTo(18 * 16);
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 25, 40);
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(7, 40));
      log.takeOff(log.next(100).end());
      assertThat(log.next(100).payloads()).isEmpty();
      assertThat(log.waitingBytes()).isZero();
      assertThat(segments()).hasSize(1);
    }
  }

  @Test
  void aTornFrameAtTheEndIsCutOff() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 3);
    }
    try (RandomAccessFile file = new RandomAccessFile(segments().getLast().toFile(), "rw")) {
      file.setLength(file.length() - 3);
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(0, 2));
      add(log, 3, 4);
      assertThat(texts(log.next(100))).containsExactly("frame000", "frame001", "frame003");
    }
  }

  @Test
  void damageInASegmentCostsTheRestOfThatSegmentOnly() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 25);
    }
    damage(4 * 16 + 10);
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      Frames frames = log.next(100);
      assertThat(texts(frames))
          .containsExactlyElementsOf(
              Stream.concat(frames(0, 4).stream(), frames(10, 25).stream()).toList());
      assertThat(frames.damagedBytes()).isEqualTo(6 * 16);
    }
  }

  @Test
  void damageInTheLastSegmentIsToldAndWhatComesAfterwardsIsKept() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 8);
    }
    damage(2 * 16 + 10);
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 8, 10);
      Frames frames = log.next(100);
      assertThat(texts(frames))
          .containsExactlyElementsOf(
              Stream.concat(frames(0, 2).stream(), frames(8, 10).stream()).toList());
      assertThat(frames.damagedBytes()).isEqualTo(6 * 16);
      log.takeOff(frames.end());
      assertThat(log.waitingBytes()).isZero();
    }
  }

  @Test
  void damageInWhatIsTakenOffAlreadyCostsNothing() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 8);
      log.takeOff(log.next(4).end());
    }
    damage(2 * 16 + 10);
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      Frames frames = log.next(100);
      assertThat(texts(frames)).containsExactlyElementsOf(frames(4, 8));
      assertThat(frames.damagedBytes()).isZero();
    }
  }

  @Test
  void zerosAtTheEndAreCutOff() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 3);
    }
    try (RandomAccessFile file = new RandomAccessFile(segments().getLast().toFile(), "rw")) {
      file.setLength(file.length() + 100);
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 3, 4);
      Frames frames = log.next(100);
      assertThat(texts(frames)).containsExactlyElementsOf(frames(0, 4));
      assertThat(frames.damagedBytes()).isZero();
      assertThat(segments()).hasSize(1);
    }
  }

  @Test
  void withoutItsCursorItGivesFramesAgain() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 5);
      log.takeOff(log.next(3).end());
    }
    Files.write(folder.resolve("cursor"), new byte[20]);
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(0, 5));
    }
  }

  @Test
  void aCursorBehindWhatALossOfPowerLeftHidesNothingNew() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 5);
      log.takeOff(log.next(5).end());
    }
    try (RandomAccessFile file = new RandomAccessFile(segments().getLast().toFile(), "rw")) {
      file.setLength(2 * 16);
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThat(log.next(100).payloads()).isEmpty();
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 5, 9);
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(5, 9));
    }
  }

  @Test
  void dropsItsOldestSegmentAndSaysHowManyWaitedInIt() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 25);
      log.takeOff(log.next(4).end());
      Frames beingWritten = log.next(3);
      assertThat(log.dropOldest()).isEqualTo(6);
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(10, 25));
      log.takeOff(beingWritten.end());
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(10, 25));
      assertThat(log.dropOldest()).isEqualTo(10);
      assertThat(log.dropOldest()).isEqualTo(5);
      assertThat(log.waitingBytes()).isZero();
      add(log, 25, 26);
      assertThat(texts(log.next(100))).containsExactly("frame025");
    }
  }

  @Test
  void aFullDiskLeavesNoHalfFrameBehind() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    QueueLog.Writing disk =
        (file, bytes, position) -> {
          if (full.get()) {
            file.write(bytes.slice(bytes.position(), 9), position);
            throw new IOException("No space left on device");
          }
          return file.write(bytes, position);
        };
    try (QueueLog log = QueueLog.open(folder, SEGMENT, disk)) {
      add(log, 0, 2);
      full.set(true);
      assertThatThrownBy(() -> add(log, 2, 3)).hasMessage("No space left on device");
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(0, 2));
      full.set(false);
      add(log, 3, 5);
      full.set(true);
      assertThatThrownBy(() -> add(log, 5, 6)).hasMessage("No space left on device");
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThat(texts(log.next(100)))
          .containsExactly("frame000", "frame001", "frame003", "frame004");
    }
  }

  @Test
  void aThreadThatIsInterruptedAddsItsFrameAndSpoilsNoOther() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      add(log, 0, 3);
      Thread.currentThread().interrupt();
      add(log, 3, 12);
      assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
      Thread.currentThread().interrupt();
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(0, 12));
      Frames first = log.next(5);
      log.force();
      log.takeOff(first.end());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(5, 12));
      add(log, 12, 13);
    }
    Thread.currentThread().interrupt();
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(5, 13));
      assertThat(log.dropOldest()).isEqualTo(5);
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aThreadThatIsInterruptedWhileItWritesWritesOnce() throws IOException {
    AtomicBoolean interrupt = new AtomicBoolean(true);
    QueueLog.Writing disk =
        (file, bytes, position) -> {
          if (interrupt.getAndSet(false)) {
            file.write(bytes.slice(bytes.position(), 9), position);
            Thread.currentThread().interrupt();
          }
          return file.write(bytes, position);
        };
    try (QueueLog log = QueueLog.open(folder, SEGMENT, disk)) {
      add(log, 0, 2);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(0, 2));
    }
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThat(texts(log.next(100))).containsExactlyElementsOf(frames(0, 2));
    }
  }

  @Test
  void refusesAFrameThatIsTooLong() throws IOException {
    try (QueueLog log = QueueLog.open(folder, SEGMENT)) {
      assertThatThrownBy(() -> log.append(new byte[QueueFrame.PAYLOAD_BYTES_MAX + 1]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("1048577 bytes");
      add(log, 0, 1);
      assertThat(texts(log.next(100))).containsExactly("frame000");
    }
  }

  private void damage(long place) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segments().getFirst().toFile(), "rw")) {
      file.seek(place);
      file.write('X');
    }
  }

  private static void add(QueueLog log, int from, int to) throws IOException {
    for (String frame : frames(from, to)) {
      assertThat(log.append(frame.getBytes(StandardCharsets.UTF_8))).isEqualTo(16);
    }
  }

  private static List<String> frames(int from, int to) {
    return IntStream.range(from, to).mapToObj("frame%03d"::formatted).toList();
  }

  private static List<String> texts(Frames frames) {
    return frames.payloads().stream()
        .map(payload -> new String(payload, StandardCharsets.UTF_8))
        .toList();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".queue")).sorted().toList();
    }
  }
}
