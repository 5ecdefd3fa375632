// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.query.Scope;
import dev.weir.query.ValueType;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Statement;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.util.List;

/** Analyzes texts against {@link FixedCatalog} at a fixed time. */
final class Texts {

  static final Instant NOW = Instant.parse("2026-11-21T10:20:30.123456789Z");
  static final long NOW_NANOS = 1_795_256_430_123_456_789L;

  private Texts() {}

  static Statement statement(String text) {
    return new SqlAnalyzer().analyze(text, new FixedCatalog(), Scope.all(), NOW);
  }

  static Query query(String text) {
    return (Query) statement(text);
  }

  static Body.Select select(String text) {
    return (Body.Select) query(text).body();
  }

  /** The only projection of {@code SELECT expression FROM weir.prometheus}. */
  static Expression expression(String expression) {
    return select("SELECT " + expression + " FROM weir.prometheus")
        .projections()
        .getFirst()
        .expression();
  }

  /** The type of an expression over weir.prometheus, as SQL writes it. */
  static String typeOf(String expression) {
    return TypeRules.text(expression(expression).type());
  }

  /** The message with which a text is refused. */
  static String error(String text) {
    StoreException exception = catchThrowableOfType(StoreException.class, () -> statement(text));
    if (exception == null) {
      throw new AssertionError("accepted: " + text);
    }
    if (exception.kind() != StoreException.Kind.BAD_REQUEST) {
      throw new AssertionError("kind " + exception.kind() + " for: " + text);
    }
    return exception.getMessage();
  }

  static List<String> names(Query query) {
    return query.columns().stream().map(OutputColumn::name).toList();
  }

  static List<ValueType> types(Query query) {
    return query.columns().stream().map(OutputColumn::type).toList();
  }
}
