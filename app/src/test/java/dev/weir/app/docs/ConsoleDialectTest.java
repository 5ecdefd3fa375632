// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sql.function.FunctionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The functions that the console suggests are those that there are. */
class ConsoleDialectTest {

  private static final Path DIALECT = Path.of("../console/src/pages/explore/dialect.ts");
  private static final Path COVERAGE = Path.of("../docs/sql-coverage.md");
  private static final Pattern FORM = Pattern.compile("^(\\w+)\\(.*\\) -> .+$", Pattern.MULTILINE);

  @Test
  void everyFunctionIsSuggestedAndNoOther() throws IOException {
    assertThat(FORM.matcher(Files.readString(DIALECT)).results().map(form -> form.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            FunctionTable.standard().functions().stream().map(Object::toString).toList());
  }

  @Test
  void theirFormsAreThoseOfTheDocs() throws IOException {
    String coverage = Files.readString(COVERAGE);
    assertThat(FORM.matcher(Files.readString(DIALECT)).results().map(form -> form.group()))
        .allMatch(form -> coverage.contains("`" + form + "`"));
  }
}
