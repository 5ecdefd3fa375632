// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.function.FunctionTable.Function;
import dev.weir.sql.function.FunctionTable.Kind;
import dev.weir.sql.function.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/sql-coverage.md} true, and asks for a script case for every function. To write
 * the page anew: {@code mvn -pl store/embedded -am test -Dtest=SqlCoverageTest
 * -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Dweir.docs=write}.
 */
class SqlCoverageTest {

  private static final Path PAGE = Path.of("../../docs/sql-coverage.md");
  private static final String LIST = "sql-coverage.txt";

  private final CoverageCases cases = new CoverageCases();

  /** A line of the list. */
  private record Item(String chapter, String text, String state, String shownBy) {}

  @Test
  void thePageIsNotStale() throws IOException {
    String expected = page();
    if ("write".equals(System.getProperty("weir.docs"))) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).content().isEqualTo(expected);
  }

  @Test
  void everyItemOfTheListNamesACase() throws IOException {
    assertThat(items())
        .allSatisfy(item -> assertThat(cases.named(item.shownBy())).as(item.text()).isPresent());
  }

  @Test
  void everyFunctionHasACaseWithAValue() {
    Set<String> without = new TreeSet<>();
    for (Function function : FunctionTable.standard().functions()) {
      if (cases.withValue(function).isEmpty()) {
        without.add(function.name());
      }
    }
    assertThat(without).as("%d functions without a value", without.size()).isEmpty();
  }

  @Test
  void everyFunctionWithArgumentsHasACaseWithNull() {
    Set<String> without = new TreeSet<>();
    for (Function function : FunctionTable.standard().functions()) {
      if (takesArguments(function) && cases.withNull(function).isEmpty()) {
        without.add(function.name());
      }
    }
    assertThat(without).as("%d functions without NULL", without.size()).isEmpty();
  }

  private String page() throws IOException {
    List<Function> functions = FunctionTable.standard().functions();
    int forms = functions.stream().mapToInt(function -> function.signatures().size()).sum();
    List<Item> items = items();
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # What of Timestream's SQL is there

        Generated from the function table, the list of statements and operators, and the scripts; `SqlCoverageTest` keeps
        it true and says how to write it anew. A case is named by its script and its name in it, see
        [`store/kit`](../store/kit/README.md). `EverySignatureTest` calls every form of every function.

        | what | count |
        |---|---|
        """);
    page.append("| statements, clauses, literals and operators | %d |\n".formatted(items.size()));
    page.append("| functions | %d |\n".formatted(functions.size()));
    page.append("| forms of functions | %d |\n".formatted(forms));
    page.append("| second names | %d |\n".formatted(FunctionTable.standard().aliases().size()));
    page.append("| cases in scripts | %d |\n".formatted(cases.size()));
    Set<String> chapters = new LinkedHashSet<>(items.stream().map(Item::chapter).toList());
    for (String chapter : chapters) {
      page.append("\n## %s\n\n| what | state | case |\n|---|---|---|\n".formatted(chapter));
      for (Item item : items) {
        if (item.chapter().equals(chapter)) {
          page.append("| %s | %s | %s |\n".formatted(item.text(), item.state(), item.shownBy()));
        }
      }
    }
    for (Kind kind : Kind.values()) {
      page.append(
          "\n## %s functions\n\n| function | forms | case with a value | case with NULL |\n|---|---|---|---|\n"
              .formatted(
                  kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT)));
      functions.stream().filter(f -> f.kind() == kind).forEach(f -> page.append(row(f)));
    }
    return page.toString();
  }

  private String row(Function function) {
    List<String> names = new ArrayList<>(List.of("`" + function.name() + "`"));
    FunctionTable.standard().aliases().entrySet().stream()
        .filter(alias -> alias.getValue().equals(function.name()))
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(alias -> names.add("`" + alias + "`"));
    List<String> forms =
        function.signatures().stream().map(Signature::text).map(form -> "`" + form + "`").toList();
    return "| %s | %s | %s | %s |\n"
        .formatted(
            String.join(", ", names),
            String.join("<br>", forms),
            cell(cases.withValue(function)),
            takesArguments(function) ? cell(cases.withNull(function)) : "takes none");
  }

  private static String cell(Optional<CoverageCases.Named> found) {
    return found.map(CoverageCases.Named::toString).orElse("none").replace("|", "&#124;");
  }

  private static boolean takesArguments(Function function) {
    return function.signatures().stream().anyMatch(form -> !form.parameters().isEmpty());
  }

  private static List<Item> items() throws IOException {
    try (InputStream in = requireNonNull(SqlCoverageTest.class.getResourceAsStream(LIST), LIST)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| "))
          .map(parts -> new Item(parts[0], parts[1], parts[2], parts[3]))
          .toList();
    }
  }
}
