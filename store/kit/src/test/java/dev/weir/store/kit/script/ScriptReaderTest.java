// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {

  private static final String CASE = "query a\n  SELECT 1\nfrom facts\nexpect\n  _col0 integer\n";

  @Test
  void readsPointsOfAllKinds() {
    Script script =
        ScriptReader.read(
            "a.script",
            """
            load
              table cpu
              2026-03-10 10:00:00.5 | usage=1.5 | host=a, "odd, name"='x, y'
              2026-03-10 10:00:00 | usage:double=2
              2026-03-10 10:00:00 | multi m: x=1 up=true note='it''s' at=timestamp 2026-03-10 00:00:00 | host=a
              table other.mem
            """
                + CASE);

    assertThat(script.tables())
        .extracting(t -> t.name().toString())
        .containsExactly("weir.cpu", "other.mem");
    long time = 1_773_136_800_000_000_000L;
    assertThat(script.tables().getFirst().points())
        .containsExactly(
            new Point(
                Series.of(
                    "usage",
                    List.of(new Dimension("host", "a"), new Dimension("odd, name", "x, y"))),
                time + 500_000_000,
                new Measure.OfDouble(1.5)),
            new Point(Series.of("usage", List.of()), time, new Measure.OfDouble(2)),
            new Point(
                Series.of("m", List.of(new Dimension("host", "a"))),
                time,
                new Measure.OfMulti(
                    List.of(
                        new Measure.Named("x", new Measure.OfBigint(1)),
                        new Measure.Named("up", new Measure.OfBoolean(true)),
                        new Measure.Named("note", new Measure.OfVarchar("it's")),
                        new Measure.Named(
                            "at", new Measure.OfTimestamp(time - 36_000_000_000_000L))))));
  }

  @Test
  void readsCasesWithRowsAndErrors() {
    Script script =
        ScriptReader.read(
            "a.script",
            """
            # from nowhere
            query two lines
              SELECT 1

                AS a
            from facts
              and more
            expect any order
              a integer
              1
            query fails
              SELECT
            from decision
            error
              line 1:7: no
            """);

    assertThat(script.cases())
        .containsExactly(
            new Script.Case(
                "two lines",
                2,
                "SELECT 1\n\n  AS a",
                "facts and more",
                new Script.Rows("a integer", List.of("1"), false)),
            new Script.Case("fails", 11, "SELECT", "decision", new Script.Failure("line 1:7: no")));
  }

  @Test
  void saysFileAndLineOfWhatItCantRead() {
    refused("", "a.script:1: the script has no query");
    refused("quer y\n", "a.script:1: unknown keyword 'quer'");
    refused("  x\n", "a.script:1: an indented line before any keyword");
    refused(" load\n", "a.script:1: a line is indented by two spaces or not at all");
    refused("load\n  2026-03-10 10:00:00 | a=1\n", "a.script:2: 'table NAME' stands before");
    refused("load\n  table x\n", "a.script:2: table name \"x\" must have 3 to 256 characters");
    refused("load\n  table cpu\n  10:00 | a=1\n", "a.script:3: '10:00' is no time");
    refused("load\n  table cpu\n  2026-03-10 10:00:00 a=1\n", "a.script:3: '|' is missing at");
    refused("load\n  table cpu\n  2026-03-10 10:00:00 | a=x\n", "a.script:3: 'x' is no value");
    refused("load\n  table cpu\n  2026-03-10 10:00:00 | a='x\n", "a.script:3: a quote is never");
    refused(CASE + CASE, "a.script:6: the name 'a' is there twice");
    refused(CASE + "load\n", "a.script:6: load stands before the first query");
    refused("query a\n  SELECT 1\nexpect\n  x\n", "a.script:1: the query has no 'from'");
    refused("query a\n  SELECT 1\nfrom x\n", "the query at line 1 has no expect or error");
    refused("query a\nfrom x\nexpect\n  x\n", "a.script:1: the query has no text");
    refused("query a\n  x\nfrom x\nexpect some\n", "a.script:4: 'some': after expect stands");
    refused("expect\n", "a.script:1: expect stands after a query");
  }

  @Test
  void limitsAScript() {
    refused("#".repeat(ScriptReader.CHARACTERS_MAX + 1), "a.script:1: longer than 1048576");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= ScriptReader.CASES_MAX; i++) {
      many.append(CASE.replace("query a", "query a" + i));
    }
    refused(many.toString(), "more than 1000 queries in one script");
  }

  @Test
  void findsTheScriptsOfTheKit() {
    assertThat(Scripts.all()).extracting(Script::file).contains("statements.script").isSorted();
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> ScriptReader.read("a.script", text))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(message);
  }
}
