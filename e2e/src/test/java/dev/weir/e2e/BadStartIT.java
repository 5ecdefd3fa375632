// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot succeed ends with one clear line and status 1. */
class BadStartIT {
  @TempDir Path folder;

  @Test
  void namesAFlagThatItDoesNotKnow() {
    assertThat(refusal("serve", "--nosuch=1")).contains("nosuch");
    assertThat(refusal("nosuchverb")).contains("nosuchverb");
    assertThat(refusal("serve", "--retention=lots")).contains("retention").contains("lots");
  }

  @Test
  void refusesADataFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(refusal(serve(file))).contains(file.toString());
  }

  @Test
  void refusesAFolderThatAnotherProcessHolds() {
    try (WeirProcess first = WeirProcess.start(folder)) {
      assertThat(refusal(serve(first.dataFolder()))).contains(Long.toString(first.process().pid()));
      assertThat(first.process().isAlive()).isTrue();
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    try (WeirProcess first = WeirProcess.start(folder)) {
      assertThat(
              refusal(
                  "serve",
                  "--data-dir=" + folder.resolve("other"),
                  "--web.listen-address=" + first.web().address()))
          .contains(Integer.toString(first.web().port()));
    }
  }

  /** Whichever file is spoiled, Weir says so or does without it; it never dies with a trace. */
  @Test
  void saysWhichFileIsCorrupt() throws IOException {
    Path good;
    try (WeirProcess weir = WeirProcess.start(folder)) {
      RemoteClient client = new RemoteClient(weir.web());
      KillWriter writer = new KillWriter(0, System.currentTimeMillis() - 60_000, client);
      writer.write(100);
      weir.kill();
      good = weir.dataFolder();
    }
    for (Path file : files(good)) {
      Path copy = folder.resolve("spoiled-" + good.relativize(file).toString().replace('/', '-'));
      copyFolder(good, copy);
      spoil(copy.resolve(good.relativize(file)));
      tryToStart(copy);
    }
  }

  private void tryToStart(Path data) {
    Path log = data.resolveSibling(data.getFileName() + ".log");
    Web web = new Web(RealProcess.freePort());
    List<String> arguments = new ArrayList<>(List.of(serve(data)));
    arguments.add("--web.listen-address=" + web.address());
    try (RealProcess process = WeirProcess.startUnready(log, arguments.toArray(String[]::new))) {
      Patience.until(
          Duration.ofSeconds(30),
          process::lastOutput,
          () -> !process.isAlive() || web.answers("/-/ready"));
      assertThat(process.output()).as("start on " + data).doesNotContain("\tat ");
      if (!process.isAlive()) {
        assertThat(process.waitForExit()).as(process::lastOutput).isEqualTo(1);
        assertThat(process.output()).contains(data.toString());
      }
    }
  }

  private static String[] serve(Path data) {
    return new String[] {"serve", "--self-scrape=false", "--data-dir=" + data};
  }

  /** Runs it to its end and gives the one line that it must write. */
  private String refusal(String... arguments) {
    Path log = folder.resolve("refused-" + System.nanoTime() + ".log");
    try (RealProcess process = WeirProcess.startUnready(log, arguments)) {
      assertThat(process.waitForExit()).as(process::lastOutput).isEqualTo(1);
      assertThat(process.output()).doesNotContain("\tat ");
      return process.output();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path copy = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else if (Files.isRegularFile(path)) {
          Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** Overwrites the first half. */
  private static void spoil(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 0, (bytes.length + 1) / 2, (byte) 0xa5);
    Files.write(file, bytes);
  }
}
