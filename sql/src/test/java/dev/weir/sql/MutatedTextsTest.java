// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Scope;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text: a tree or a refusal, and soon. */
class MutatedTextsTest {

  private static final List<String> SEEDS =
      List.of(
          "SELECT 1",
          "SELECT \"instance\", \"job\", count(*) AS n FROM \"weir\".\"prometheus\" WHERE"
              + " \"measure_name\" = 'up' AND (\"pod\" IS NULL OR \"pod\" <> 'x') AND time BETWEEN"
              + " from_milliseconds(1) AND from_milliseconds(2) GROUP BY \"instance\", \"job\"",
          "WITH b AS (SELECT job, bin(time, 30s) AS t, avg(measure_value::double) AS v FROM"
              + " weir.prometheus WHERE time > ago(2h) GROUP BY job, bin(time, 30s)) SELECT job,"
              + " interpolate_linear(create_time_series(t, v), sequence(min(t), max(t), 15s)) FROM"
              + " b GROUP BY job HAVING count(*) > 3 ORDER BY job DESC LIMIT 10",
          "SELECT a.job, CASE WHEN max(b.temperature) > 3 THEN 'x' ELSE 'y' END FROM"
              + " weir.prometheus a LEFT JOIN plant.sensors b ON a.job = b.site GROUP BY 1",
          "SELECT filter(create_time_series(time, measure_value::double), x -> x.value > 3 AND"
              + " x.time > ago(1h)), reduce(ARRAY[1,2], 0, (s, x) -> s + x, s -> s) FROM"
              + " weir.prometheus",
          "SELECT x, y FROM UNNEST(ARRAY[1,2], ARRAY['a']) WITH ORDINALITY AS t(x, y, n) UNION ALL"
              + " (VALUES (1, 'b'), (2, NULL)) ORDER BY 1 NULLS FIRST",
          "SELECT sum(measure_value::double) OVER (PARTITION BY job ORDER BY time ROWS BETWEEN 2"
              + " PRECEDING AND CURRENT ROW), EXTRACT(YEAR FROM time), TRY_CAST('1' AS bigint) FROM"
              + " weir.prometheus WHERE job IN (SELECT site FROM plant.sensors) AND EXISTS (SELECT"
              + " 1) AND job LIKE 'a%' ESCAPE '!'",
          "SELECT job, grouping(job) FROM weir.prometheus GROUP BY GROUPING SETS ((job, region),"
              + " ROLLUP(job), ())",
          "SELECT DATE '2020-01-01', INTERVAL '2' DAY, TIMESTAMP '2020-01-01 00:00:00',"
              + " date_add('month', 3, now()), from_unixtime(1.5), parse_duration('42.8ms'), 1year",
          "SHOW TABLES FROM \"plant\" LIKE 's%'",
          "SHOW MEASURES FROM plant.sensors",
          "DESCRIBE \"weir\".\"prometheus\"");

  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "[",
          "]",
          ",",
          ".",
          ";",
          "'",
          "\"",
          "::",
          "->",
          "=>",
          "*",
          "-",
          "--",
          "/*",
          "\\",
          "\0",
          "😀",
          "\ud800",
          "NULL",
          "1",
          "1e999",
          "9223372036854775807",
          "-1",
          "0",
          "15m",
          "99999999999999d",
          "'x'",
          "''",
          "time",
          "job",
          "measure_value::double",
          "ARRAY[1]",
          "ROW(1)",
          "count(*)",
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "OVER ()",
          "UNNEST(",
          "LATERAL (",
          "x -> x",
          "1month",
          "TIMESTAMP '9999-01-01'",
          "INTERVAL '1' YEAR",
          "@p",
          "?",
          "$1",
          "CAST(",
          "AS",
          "ON",
          "USING (time)",
          "IN",
          "IS",
          "LIKE",
          "BETWEEN",
          "U&'\\zzzz'",
          "X'0'",
          "JSON_VALUE(",
          "MATCH_RECOGNIZE (",
          "TABLE(",
          "CURRENT_USER",
          "AT TIME ZONE",
          "FETCH FIRST 1 ROWS WITH TIES",
          "WINDOW w AS ()",
          "PIVOT",
          "FOR VERSION AS OF 1",
          "`a`");

  /** Whole expressions: a text stays well-formed more often when a word becomes one of these. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "1",
          "NULL",
          "'x'",
          "1.5",
          "true",
          "time",
          "job",
          "measure_value::double",
          "ARRAY[1, 2]",
          "ARRAY['a']",
          "ROW(1, 'a')",
          "now()",
          "1h",
          "1month",
          "DATE '2020-01-01'",
          "count(*)",
          "max(time)",
          "create_time_series(time, 1)",
          "(SELECT 1)",
          "rank() OVER (ORDER BY time)",
          "from_milliseconds(5)",
          "CAST(NULL AS double)",
          "-1",
          "x",
          "t",
          "bin(time, 1m)",
          "TIME '01:00:00'",
          "'2020-01-01 00:00:00'",
          "99999999999",
          "1 IS NULL",
          "job LIKE 'a'");

  private static final int ROUNDS = 6_000;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @Test
  void giveATreeOrARefusal() {
    Random random = new Random(20_261_121);
    for (int round = 0; round < ROUNDS; round++) {
      String text = mutated(random);
      long start = System.nanoTime();
      try {
        new SqlAnalyzer().analyze(text, new FixedCatalog(), Scope.all(), Texts.NOW);
      } catch (StoreException e) {
        assertThat(e.kind()).as(text).isEqualTo(StoreException.Kind.BAD_REQUEST);
        assertThat(e.getMessage()).as(text).isNotBlank().doesNotContain("io.trino", "Exception");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("round " + round + ": " + text, e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(text).isLessThan(LONGEST);
    }
  }

  private static String mutated(Random random) {
    String text = SEEDS.get(random.nextInt(SEEDS.size()));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      text = change(text, random);
    }
    return text;
  }

  private static String change(String text, Random random) {
    List<String> words = new ArrayList<>(List.of(text.split("(?<=[ (),])|(?=[ (),])")));
    int at = random.nextInt(words.size());
    for (int i = 0; i < 5 && " (),".contains(words.get(at)); i++) {
      at = random.nextInt(words.size());
    }
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    switch (random.nextInt(10)) {
      case 0 -> words.remove(at);
      case 1 -> words.add(at, " " + piece + " ");
      case 2 -> words.set(at, piece);
      case 3 -> words.add(at, words.get(random.nextInt(words.size())));
      case 4 -> {
        String other = SEEDS.get(random.nextInt(SEEDS.size()));
        int from = random.nextInt(other.length());
        words.set(at, other.substring(from, from + random.nextInt(other.length() - from + 1)));
      }
      case 5, 6, 7, 8 -> words.set(at, EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size())));
      default -> {
        int cut = random.nextInt(text.length() + 1);
        return text.substring(0, cut) + (char) random.nextInt(0x250) + text.substring(cut);
      }
    }
    return String.join("", words);
  }
}
