// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/configuration.md} true. To write it anew: {@code mvn -pl app -am test
 * -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false
 * -DargLine=-Dweir.docs=write}.
 */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String BEGIN = "<!-- generated from the declarations: begin -->\n";
  private static final String END = "<!-- generated from the declarations: end -->\n";

  @Test
  void listsEveryFlag() throws IOException {
    String page = Files.readString(PAGE);
    String expected =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));
    if ("write".equals(System.getProperty("weir.docs"))) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| flag | value | default | what it does |\n");
    table.append("|---|---|---|---|\n");
    for (Flag<?> flag : ServeFlags.ALL) {
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
