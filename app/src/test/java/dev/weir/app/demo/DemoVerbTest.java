// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.store.embedded.document.FileDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoVerbTest {

  @TempDir private Path folder;

  @Test
  void writesNoMadeUpPastIntoAFolderOfSomethingElse() throws IOException {
    Path data = Files.createDirectory(folder.resolve("weir-data"));
    Files.writeString(data.resolve("precious"), "years of it");

    assertThat(refused("--data-dir=" + data))
        .contains("has something else in it", "name another folder with --data-dir");
    assertThat(data.resolve(DemoFile.NAME)).doesNotExist();
  }

  @Test
  void saysInOneLineThatItsFolderIsInUse() throws IOException {
    Path data = Files.createDirectory(folder.resolve("demo-data"));
    Files.writeString(data.resolve(DemoFile.NAME), "sites: []");

    try (FileDocuments _ = FileDocuments.open(data)) {
      assertThat(refused("--data-dir=" + data))
          .contains("the demonstration can't start", "is in use", "--data-dir")
          .hasLineCount(1);
    }
    assertThat(data.resolve(DemoFile.NAME)).hasContent("sites: []");
  }

  @ParameterizedTest
  @CsvSource({
    "--sites.file=mine.yaml,brings its own sites",
    "--store=timestream --default-database=abc --default-table=abc --region=eu-west-1,its own store"
  })
  void refusesWhatItBringsItself(String flags, String why) {
    assertThat(refused(flags.split(" "))).contains(why);
  }

  private String refused(String... flags) {
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    PrintStream told = new PrintStream(error, true, StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>(List.of("demo"));
    words.addAll(List.of(flags));
    int code =
        new CommandLine(
                List.of(new DemoVerb(InstantSource.system())),
                new Terminal(told, told, Map.of(), folder))
            .run(words);
    assertThat(code).isEqualTo(1);
    return error.toString(StandardCharsets.UTF_8);
  }
}
