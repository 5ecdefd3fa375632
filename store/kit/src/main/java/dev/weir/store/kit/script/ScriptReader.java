// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.script;

import dev.weir.model.Point;
import dev.weir.store.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a script. A line that begins at the margin is a keyword, a line indented by two spaces
 * belongs to the keyword above it; blank lines and lines that begin with {@code #} are skipped,
 * except that a blank line inside a query stays a line of it.
 *
 * <pre>
 * # Where the cases of this file come from.
 * load
 *   table cpu
 *   2026-03-10 10:00:00 | usage=1.5 | host=a, region=x
 *   2026-03-10 10:00:00 | multi m: cpu=1.5 up=true n=3 note='a text' | host=a
 * query sums by host
 *   SELECT host, sum(measure_value::double) FROM weir.cpu GROUP BY 1
 * from Trino: Aggregate functions
 * expect any order
 *   host varchar | _col1 double
 *   a | 1.5
 * query knows its columns
 *   SELECT nope FROM weir.cpu
 * from decision: the place is that of the name
 * error
 *   line 1:8: Column 'nope' does not exist
 * </pre>
 *
 * <p>Points are described at {@link PointLine}, rows at {@link ResultText}. A table is one of
 * database {@code weir}, unless it is written {@code database.table}. {@code expect} alone wants
 * the rows in this order.
 */
public final class ScriptReader {

  /** A script is read by people. */
  static final int CHARACTERS_MAX = 1 << 20;

  static final int CASES_MAX = 1_000;

  private static final String INDENT = "  ";
  private static final String DATABASE = "weir";

  private final String file;
  private final List<Script.Table> tables = new ArrayList<>();
  private final List<Script.Case> cases = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private @Nullable TableName table;
  private List<Point> points = new ArrayList<>();
  private @Nullable Draft draft;
  private Block block = Block.NONE;

  private enum Block {
    NONE,
    LOAD,
    QUERY,
    FROM,
    EXPECT,
    ERROR
  }

  /** A case of which more lines may come. */
  private static final class Draft {
    final String name;
    final int line;
    final List<String> query = new ArrayList<>();
    final List<String> from = new ArrayList<>();
    final List<String> answer = new ArrayList<>();
    boolean answered;
    boolean failure;
    boolean ordered = true;

    Draft(String name, int line) {
      this.name = name;
      this.line = line;
    }
  }

  private ScriptReader(String file) {
    this.file = file;
  }

  /**
   * Reads a script.
   *
   * @param file its name, for messages
   * @throws ScriptException for a text that is no script
   */
  public static Script read(String file, String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw new ScriptException(
          file, 1, "longer than " + CHARACTERS_MAX + " characters; make two scripts of it");
    }
    return new ScriptReader(file).lines(text.split("\n", -1));
  }

  private Script lines(String[] lines) {
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].stripTrailing();
      int number = i + 1;
      if (line.startsWith(INDENT) || (line.isEmpty() && inQuery())) {
        indented(line.isEmpty() ? "" : line.substring(INDENT.length()), number);
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        throw new ScriptException(file, number, "a line is indented by two spaces or not at all");
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        keyword(line, number);
      }
    }
    endCase(lines.length);
    endTable();
    if (cases.isEmpty()) {
      throw new ScriptException(file, lines.length, "the script has no query");
    }
    return new Script(file, tables, cases);
  }

  private boolean inQuery() {
    return block == Block.QUERY && draft != null && !draft.query.isEmpty();
  }

  private void keyword(String line, int number) {
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    switch (word) {
      case "load" -> {
        if (draft != null) {
          throw new ScriptException(file, number, "load stands before the first query");
        }
        block = Block.LOAD;
      }
      case "query" -> {
        endCase(number);
        begin(rest, number);
      }
      case "from" -> {
        Draft current = current(word, number);
        if (rest.isEmpty()) {
          throw new ScriptException(file, number, "from says where the expectation comes from");
        }
        current.from.add(rest);
        block = Block.FROM;
      }
      case "expect", "error" -> answer(word, rest, number);
      default ->
          throw new ScriptException(
              file,
              number,
              "unknown keyword '%s'; one of load, query, from, expect, error".formatted(word));
    }
  }

  private void begin(String name, int number) {
    if (name.isEmpty()) {
      throw new ScriptException(file, number, "a query has a name");
    }
    if (!names.add(name)) {
      throw new ScriptException(file, number, "the name '" + name + "' is there twice");
    }
    if (names.size() > CASES_MAX) {
      throw new ScriptException(file, number, "more than " + CASES_MAX + " queries in one script");
    }
    draft = new Draft(name, number);
    block = Block.QUERY;
  }

  private void answer(String word, String rest, int number) {
    Draft current = current(word, number);
    if (current.answered) {
      throw new ScriptException(file, number, "the query has an answer already");
    }
    current.answered = true;
    current.failure = word.equals("error");
    current.ordered = rest.isEmpty();
    if (!rest.isEmpty() && !(word.equals("expect") && rest.equals("any order"))) {
      throw new ScriptException(
          file,
          number,
          "'%s': after %s stands %s"
              .formatted(rest, word, current.failure ? "nothing" : "nothing or 'any order'"));
    }
    block = current.failure ? Block.ERROR : Block.EXPECT;
  }

  private Draft current(String word, int number) {
    if (draft == null) {
      throw new ScriptException(file, number, word + " stands after a query");
    }
    return draft;
  }

  private void indented(String line, int number) {
    switch (block) {
      case NONE -> throw new ScriptException(file, number, "an indented line before any keyword");
      case LOAD -> loaded(line.strip(), number);
      case QUERY -> current("a line", number).query.add(line);
      case FROM -> current("a line", number).from.add(line.strip());
      case EXPECT, ERROR -> current("a line", number).answer.add(line.strip());
    }
  }

  private void loaded(String line, int number) {
    if (line.startsWith("#")) {
      return;
    }
    if (line.startsWith("table ")) {
      endTable();
      table = name(line.substring("table ".length()).strip(), number);
      return;
    }
    if (table == null) {
      throw new ScriptException(file, number, "'table NAME' stands before the first point");
    }
    points.add(new PointLine(file, number, line).read());
  }

  private TableName name(String text, int number) {
    int dot = text.indexOf('.');
    try {
      TableName name =
          dot < 0
              ? new TableName(DATABASE, text)
              : new TableName(text.substring(0, dot), text.substring(dot + 1));
      if (tables.stream().anyMatch(known -> known.name().equals(name))) {
        throw new ScriptException(file, number, "table " + name + " is there twice");
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw new ScriptException(file, number, String.valueOf(e.getMessage()));
    }
  }

  private void endTable() {
    if (table != null) {
      tables.add(new Script.Table(table, points));
    }
    table = null;
    points = new ArrayList<>();
  }

  private void endCase(int number) {
    Draft done = draft;
    if (done == null) {
      return;
    }
    String query = String.join("\n", done.query).strip();
    if (query.isEmpty()) {
      throw new ScriptException(file, done.line, "the query has no text");
    }
    if (done.from.isEmpty()) {
      throw new ScriptException(
          file, done.line, "the query has no 'from'; say where its answer comes from");
    }
    if (!done.answered || done.answer.isEmpty()) {
      throw new ScriptException(
          file, number, "the query at line %d has no expect or error".formatted(done.line));
    }
    Script.Expectation expectation =
        done.failure
            ? new Script.Failure(String.join("\n", done.answer))
            : new Script.Rows(
                done.answer.getFirst(), done.answer.subList(1, done.answer.size()), done.ordered);
    cases.add(
        new Script.Case(done.name, done.line, query, String.join(" ", done.from), expectation));
    draft = null;
  }
}
