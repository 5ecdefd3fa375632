// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keeps {@code docs/configuration.md} and {@code docs/check.md} true. To write it anew: {@code mvn
 * -pl app -am test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false
 * -DargLine=-Dweir.docs=write}.
 */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");

  private static final Path CHECK_PAGE = Path.of("../docs/check.md");

  private static final String END = "<!-- generated from the declarations: end -->\n";

  @ParameterizedTest
  @ValueSource(strings = {"serve", "connector", "check"})
  void listsEveryFlag(String verb) throws IOException {
    List<Flag<?>> flags =
        switch (verb) {
          case "serve" -> ServeFlags.ALL;
          case "connector" -> ConnectorFlags.ALL;
          default -> CheckFlags.ALL;
        };
    Path file = verb.equals("check") ? CHECK_PAGE : PAGE;
    String page = Files.readString(file);
    String begin = "<!-- generated from the declarations of " + verb + ": begin -->\n";
    int from = page.indexOf(begin) + begin.length();
    String expected =
        page.substring(0, from) + table(flags) + page.substring(page.indexOf(END, from));
    if ("write".equals(System.getProperty("weir.docs"))) {
      Files.writeString(file, expected);
    }
    assertThat(page).contains(begin);
    assertThat(Files.readString(file)).isEqualTo(expected);
  }

  private static String table(List<Flag<?>> flags) {
    StringBuilder table = new StringBuilder("| flag | value | default | what it does |\n");
    table.append("|---|---|---|---|\n");
    for (Flag<?> flag : flags) {
      table
          .append("| `--")
          .append(flag.name())
          .append("` | ")
          .append(cell(flag.type().placeholder()))
          .append(" | ")
          .append(flag.defaultText().isEmpty() ? "" : "`" + flag.defaultText() + "`")
          .append(" | ")
          .append(cell(flag.description()))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String cell(String text) {
    return text.replace("|", " or ");
  }
}
