// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.function.FunctionTable.Function;
import dev.weir.store.kit.script.Script;
import dev.weir.store.kit.script.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the script cases that show a function. */
final class CoverageCases {

  private static final Pattern NULL = Pattern.compile("\\bnull\\b", Pattern.CASE_INSENSITIVE);

  /** A case and the script it stands in. */
  record Named(String script, Script.Case each) {
    @Override
    public String toString() {
      return script + ": " + each.name();
    }
  }

  private final List<Named> cases = new ArrayList<>();

  CoverageCases() {
    for (Script script : Scripts.all()) {
      String name = script.file().replace(".script", "");
      script.cases().forEach(each -> cases.add(new Named(name, each)));
    }
  }

  int size() {
    return cases.size();
  }

  /** The case of that name, written {@code script: name}. */
  Optional<Named> named(String name) {
    return cases.stream().filter(each -> each.toString().equals(name)).findFirst();
  }

  /** A case that calls the function and answers with something else than NULL. */
  Optional<Named> withValue(Function function) {
    return first(function, CoverageCases::hasValue);
  }

  /** A case that calls the function and has a NULL, in an argument or in a row of its answer. */
  Optional<Named> withNull(Function function) {
    return first(
        function,
        each ->
            each.expectation() instanceof Script.Rows rows
                && (NULL.matcher(each.query()).find()
                    || rows.rows().stream().anyMatch(row -> NULL.matcher(row).find())));
  }

  /** Functions of one subject stand in files of their own; those cases say most. */
  private Optional<Named> first(Function function, Predicate<Script.Case> wanted) {
    List<String> spellings = new ArrayList<>(List.of(function.name() + "\\s*\\("));
    FunctionTable.standard().aliases().entrySet().stream()
        .filter(alias -> alias.getValue().equals(function.name()))
        .forEach(alias -> spellings.add(alias.getKey() + "\\s*\\("));
    if (function.name().equals("at_timezone")) {
      spellings.add("at\\s+time\\s+zone\\s");
    }
    Pattern call =
        Pattern.compile(
            "(?<![a-z0-9_])(" + String.join("|", spellings) + ")", Pattern.CASE_INSENSITIVE);
    Predicate<Named> calls =
        each -> call.matcher(each.each().query()).find() && wanted.test(each.each());
    return cases.stream()
        .filter(each -> each.script().startsWith("functions-"))
        .filter(calls)
        .findFirst()
        .or(() -> cases.stream().filter(calls).findFirst());
  }

  private static boolean hasValue(Script.Case each) {
    return each.expectation() instanceof Script.Rows rows
        && rows.rows().stream()
            .flatMap(row -> List.of(row.split(" \\| ")).stream())
            .anyMatch(cell -> !cell.equals("NULL"));
  }
}
