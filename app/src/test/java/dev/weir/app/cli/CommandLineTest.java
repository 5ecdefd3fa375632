// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.ServeFlags;
import dev.weir.app.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void printsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).matches("weir \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void listsItsVerbsAndTheirFlags() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("copy DIR").contains("Copies.");
    out.reset();
    assertThat(run("copy", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: weir copy DIR [FLAGS]")
        .contains(
            "  --data-dir=PATH\n      Folder of the embedded store and, whatever the store, of"
                + " documents; made if missing.\n      Default ./weir-data.\n");
    assertThat(error.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void runsAVerbWithItsSettings() {
    assertThat(run("copy", "there", "--data-dir=here")).isEqualTo(7);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("here to there\n");
  }

  @Test
  void answersAMistakeWithOneLine() {
    fails("weir: no verb; weir --help lists them\n");
    fails("weir: unknown verb cope (did you mean copy?); weir --help lists them\n", "cope");
    fails("weir: unknown verb paste; weir --help lists them\n", "paste");
    fails(
        "weir: unknown flag --data-dir=x before the verb; weir --help lists verbs\n",
        "--data-dir=x");
    fails("weir: unknown flag --data-dri (did you mean --data-dir?)\n", "copy", "--data-dri=x");
    fails("weir: weir copy needs DIR\n", "copy");
    fails("weir: weir copy does not take \"b\"\n", "copy", "a", "b");
  }

  private void fails(String line, String... words) {
    error.reset();
    assertThat(run(words)).isEqualTo(1);
    assertThat(error.toString(StandardCharsets.UTF_8)).isEqualTo(line);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private int run(String... words) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            Map.of(),
            folder);
    return new CommandLine(List.of(new Copy()), terminal).run(List.of(words));
  }

  private static final class Copy implements Verb {
    @Override
    public String name() {
      return "copy";
    }

    @Override
    public String operands() {
      return "DIR";
    }

    @Override
    public String summary() {
      return "Copies.";
    }

    @Override
    public List<Flag<?>> flags() {
      return List.of(ServeFlags.DATA_DIR);
    }

    @Override
    public int run(Arguments arguments, Settings settings, Terminal terminal) {
      terminal
          .out()
          .println(settings.value(ServeFlags.DATA_DIR) + " to " + arguments.operands().getFirst());
      return 7;
    }
  }
}
