// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.script;

import dev.weir.model.Point;
import dev.weir.store.TableName;
import java.util.List;

/**
 * One script.
 *
 * @param file its name, for messages
 * @param tables what to load before the first case
 * @param cases queries and what they answer, in the order of the file
 */
public record Script(String file, List<Table> tables, List<Case> cases) {

  public Script {
    tables = List.copyOf(tables);
    cases = List.copyOf(cases);
  }

  /** A table and its points. */
  public record Table(TableName name, List<Point> points) {
    public Table {
      points = List.copyOf(points);
    }
  }

  /**
   * A query and its answer.
   *
   * @param name unique in its file
   * @param line where it begins in the file
   * @param from where the expectation comes from
   */
  public record Case(String name, int line, String query, String from, Expectation expectation) {}

  /** What a query must answer. */
  public sealed interface Expectation {}

  /**
   * Rows, as {@link ResultText} prints them.
   *
   * @param header names and types of the columns
   * @param ordered whether the rows come in this order
   */
  public record Rows(String header, List<String> rows, boolean ordered) implements Expectation {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** A refusal with exactly this message. */
  public record Failure(String message) implements Expectation {}
}
