// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.PointBatch;
import dev.weir.query.Scope;
import dev.weir.sql.function.FunctionTable;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableRules;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.script.Script;
import dev.weir.store.kit.script.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks the queries of the scripts in thousands of ways. Whatever comes of it, the store answers
 * with rows or with a refusal in its own words; the engine's never get out. {@code -Dweir.mutants}
 * says how many queries are broken, {@code -Dweir.seed} in which ways.
 */
class MutatedQueriesTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final int MUTANTS = Integer.getInteger("weir.mutants", 1_200);
  private static final long SEED = Long.getLong("weir.seed", 20260310);

  /** Words of the engine and names that only it knows, in lower case. */
  private static final Pattern ENGINE =
      Pattern.compile(
          "duckdb|binder|catalog error|candidate|parser error|conversion"
              + " error|r\\d+\\.c\\d|weir_|int64|int128|struct\\(|hugeint|try_cast|\\bset"
              + " [a-z_]+=|line \\d+:$|java\\.|nullpointer");

  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[A-Za-z_][\\w:]*|[\\d.]+\\w*|->|[<>!|]=?|\\S");

  private static final List<String> ODD =
      List.of(
          "NULL",
          "-1",
          "0",
          "9223372036854775807",
          "1e308",
          "0.0",
          "''",
          "'x'",
          "'2026-03-10'",
          "1d",
          "1month",
          "ARRAY[]",
          "ARRAY[NULL]",
          "ROW(1, 'a')",
          "true",
          "time",
          "now()",
          "nan()",
          "*",
          "(",
          ")",
          ",",
          "DISTINCT",
          "NOT",
          "(SELECT 1)",
          "CAST(NULL AS bigint)",
          "[1]",
          "[0]",
          "x -> x",
          "|| 'a'",
          "|| 1",
          "+ 1d",
          "- 1",
          "/ 0",
          "OVER ()",
          "IS NULL",
          "'\0'",
          "'%'",
          "'('");

  @TempDir Path folder;

  private int answered;
  private final Map<String, String> failures = new LinkedHashMap<>();

  @Test
  void answersOrRefusesInItsOwnWords() {
    List<Script> scripts = Scripts.all();
    List<String> words = new ArrayList<>(ODD);
    for (Script script : scripts) {
      script.cases().forEach(each -> words.addAll(tokens(each.query())));
    }
    Random random = new Random(SEED);
    int number = 0;
    for (Script script : scripts) {
      try (EmbeddedStore store = open(script, "store-" + number++)) {
        for (int i = 0; i < MUTANTS / scripts.size() + 1; i++) {
          Script.Case each = script.cases().get(random.nextInt(script.cases().size()));
          run(store, mutated(each.query(), words, random));
        }
      }
    }
    assertThat(failures).as("seed " + SEED).isEmpty();
    // Enough of them get past the analyzer to the engine.
    assertThat(answered).isGreaterThan(MUTANTS / 8);
  }

  private void run(EmbeddedStore store, String query) {
    try {
      store.run(new QueryRequest(query, Scope.all(), NOW.plusSeconds(20)));
      answered++;
    } catch (StoreException e) {
      String message = String.valueOf(e.getMessage());
      Matcher engine = ENGINE.matcher(withoutQuoted(message).toLowerCase(Locale.ROOT));
      if (e.kind() == Kind.INTERNAL || e.kind() == Kind.UNAVAILABLE || engine.find()) {
        failures.put(query, e.kind() + " " + message + " <- " + e.getCause());
      }
    } catch (RuntimeException e) {
      failures.put(query, e.toString());
    }
  }

  /** What a message repeats of the user's text may hold any word. */
  private static String withoutQuoted(String message) {
    return message.replaceAll("'[^']*'", "''");
  }

  private EmbeddedStore open(Script script, String name) {
    ManualClock clock = new ManualClock(NOW);
    EmbeddedStore store =
        EmbeddedStore.open(EmbeddedStoreOptions.of(folder.resolve(name)).withClock(clock));
    for (Script.Table table : script.tables()) {
      store.createIfMissing(table.name(), TableRules.own(Duration.ofDays(3_650)));
      store.write(table.name(), PointBatch.of(table.points()), NOW.plusSeconds(60));
    }
    return store;
  }

  private static String mutated(String query, List<String> words, Random random) {
    List<String> tokens = tokens(query);
    int changes = 1 + random.nextInt(2);
    for (int i = 0; i < changes && !tokens.isEmpty(); i++) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(12)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, pick(tokens, random));
        case 2 -> tokens.set(at, pick(words, random));
        case 3, 4 -> tokens.set(at, pick(ODD, random));
        default -> replaceValue(tokens, at, words, random);
      }
    }
    return String.join(" ", tokens);
  }

  /**
   * Puts another number, text or function in place of the next one: most such texts are queries.
   */
  private static void replaceValue(
      List<String> tokens, int from, List<String> words, Random random) {
    for (int i = 0; i < tokens.size(); i++) {
      int at = (from + i) % tokens.size();
      String next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
      char first = tokens.get(at).charAt(0);
      if (first == '\'' || Character.isDigit(first)) {
        tokens.set(at, like(first, words, random));
        return;
      }
      if (next.equals("(") && FunctionTable.standard().find(tokens.get(at)).isPresent()) {
        tokens.set(at, pick(FunctionTable.standard().functions(), random).name());
        return;
      }
    }
  }

  /** A number or a text. */
  private static String like(char first, List<String> words, Random random) {
    String word;
    do {
      word = pick(words, random);
    } while (first == '\'' ? word.charAt(0) != first : !Character.isDigit(word.charAt(0)));
    return word;
  }

  private static <T> T pick(List<T> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static List<String> tokens(String query) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(query);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }
}
