// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

  private static final StoreCopier RUNNING = copier("running");
  private static final StoreCopier CLOSED = copier("closed");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @TempDir Path folder;
  private Path dataDir;
  private Path target;

  @BeforeEach
  void makeDataFolder() throws IOException {
    dataDir = Files.createDirectory(folder.resolve("data"));
    target = folder.resolve("copy");
  }

  @Test
  void asksTheRunningWeir() throws IOException {
    try (BackupServer _ = BackupServer.open(dataDir, RUNNING)) {
      assertThat(backup()).isZero();
    }
    assertThat(target.resolve("store")).hasContent("running");
    assertThat(output()).matches("copied 1 files, 7 bytes to \\Q" + target + "\\E in \\S+ s\\R");
  }

  @Test
  void copiesAClosedStoreItself() {
    assertThat(backup("--json")).isZero();
    assertThat(target.resolve("store")).hasContent("closed");
    assertThat(output())
        .matches(
            "\\{\"directory\":\"\\Q"
                + target
                + "\\E\",\"files\":1,\"bytes\":6,\"seconds\":\\d+\\.\\d{3}\\}\\R");
  }

  @Test
  void copiesItselfWhereAKilledWeirLeftItsSocket() throws IOException {
    Path socket = dataDir.resolve("weir.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    assertThat(backup()).isZero();
    assertThat(target.resolve("store")).hasContent("closed");
  }

  @Test
  void listensForTheOwnerOnlyAndLeavesNothingBehind() throws IOException {
    try (BackupServer _ = BackupServer.open(dataDir, RUNNING)) {
      Path socket = dataDir.resolve("weir.sock");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
    }
    try (Stream<Path> left = Files.list(dataDir)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void worksInAFolderWhosePathIsTooLongForASocket() throws IOException {
    dataDir = Files.createDirectories(folder.resolve("deep".repeat(20)).resolve("data"));
    try (BackupServer _ = BackupServer.open(dataDir, RUNNING)) {
      assertThat(backup()).isZero();
    }
    assertThat(target.resolve("store")).hasContent("running");
    assertThat(dataDir.resolve("weir.sock")).doesNotExist();
  }

  @Test
  void refusesAFolderThatCannotTakeABackup() throws IOException {
    Files.createDirectory(target);
    Files.writeString(target.resolve("mine"), "keep");
    String line = "weir: " + target + " is not empty; name a new or empty folder\n";
    fails(line);
    try (BackupServer _ = BackupServer.open(dataDir, RUNNING)) {
      fails(line);
    }
    target = target.resolve("mine");
    fails("weir: " + target + " is a file; name a new or empty folder\n");
    target = dataDir.resolve("copy");
    fails("weir: " + target + " lies in the data folder; name a folder outside it\n");
    dataDir = folder.resolve("gone");
    fails("weir: --data-dir: there is no data folder " + dataDir + "\n");
  }

  @Test
  void tellsWhatTheStoreSays() throws IOException {
    StoreCopier failing =
        (_, _) -> {
          throw new StoreException(StoreException.Kind.UNAVAILABLE, "the disk is full");
        };
    try (BackupServer _ = BackupServer.open(dataDir, failing)) {
      fails("weir: the disk is full\n");
    }
  }

  @Test
  void makesOneBackupAtATime() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    StoreCopier slow =
        (to, progress) -> {
          started.countDown();
          await(finish);
          return RUNNING.copyTo(to, progress);
        };
    try (BackupServer _ = BackupServer.open(dataDir, slow)) {
      Path first = target;
      Thread running = Thread.ofVirtual().start(() -> backup(first));
      started.await();
      target = folder.resolve("second");
      fails("weir: another backup is running; try again when it is done\n");
      finish.countDown();
      running.join();
      assertThat(first.resolve("store")).hasContent("running");
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws IOException {
    try (BackupServer _ = BackupServer.open(dataDir, RUNNING)) {
      assertThat(say("restore /x\n")).startsWith("error this Weir does not understand");
      assertThat(say("backup relative\n")).startsWith("error this Weir does not understand");
      assertThat(say("x".repeat(9_000))).isEmpty();
      assertThat(backup()).isZero();
    }
  }

  private String say(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(BackupAddress.of(dataDir))) {
      channel.write(StandardCharsets.UTF_8.encode(request));
      ByteBuffer answer = ByteBuffer.allocate(1_000);
      while (channel.read(answer) >= 0) {}
      return StandardCharsets.UTF_8.decode(answer.flip()).toString();
    }
  }

  private void fails(String line) {
    error.reset();
    assertThat(backup()).isEqualTo(1);
    assertThat(error.toString(StandardCharsets.UTF_8)).isEqualTo(line);
  }

  private int backup(String... flags) {
    return backup(target, flags);
  }

  private int backup(Path to, String... flags) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            Map.of(),
            folder);
    List<String> words =
        Stream.concat(Stream.of("backup", to.toString(), "--data-dir=" + dataDir), Stream.of(flags))
            .toList();
    return new CommandLine(List.of(new BackupVerb(_ -> CLOSED)), terminal).run(words);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static StoreCopier copier(String content) {
    return (to, progress) -> {
      Files.writeString(to.resolve("store"), content);
      progress.copied(content.length(), content.length());
      return new StoreCopier.Copied(1, content.length());
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
