// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.query.ValueType;
import dev.weir.sql.SqlAnalyzer;
import dev.weir.sql.tree.LikePattern;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Statement;
import dev.weir.store.CatalogReader;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a statement before a store does: only what reads, and only inside of the scope. A store
 * that takes any scope (Amazon's has the credentials' own) is as safe behind it as one that looks
 * again. Thread-safe.
 */
final class CheckedStatements {

  private static final Pattern PLACE = Pattern.compile("line \\d+:\\d+");

  private final SqlAnalyzer analyzer = new SqlAnalyzer();
  private final CatalogReader catalog;
  private final InstantSource clock;

  CheckedStatements(CatalogReader catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Checks a text.
   *
   * @return the answer, where the catalog has it: lists that only the scope makes right
   * @throws StoreException BAD_REQUEST for what is no reading statement, with its place; DENIED for
   *     what is outside of the scope, in the same words whether it is there or not
   */
  Optional<ResultPage> check(String sql, Scope scope) {
    Statement statement;
    try {
      statement = analyzer.analyze(sql, catalog, scope, clock.instant());
    } catch (StoreException e) {
      throw e.kind() == Kind.DENIED ? notThere(e) : e;
    }
    if (scope instanceof Scope.All) {
      return Optional.empty();
    }
    return switch (statement) {
      case Statement.ShowDatabases show -> Optional.of(databases(show, scope));
      case Statement.ShowTables show -> Optional.of(tables(show, scope));
      case Statement.ShowMeasures _, Statement.Describe _, Query _ -> Optional.empty();
    };
  }

  private static StoreException notThere(StoreException denied) {
    Matcher place = PLACE.matcher(String.valueOf(denied.getMessage()));
    return new StoreException(
        Kind.DENIED,
        (place.find() ? place.group() + ": " : "") + "there is no such database for you");
  }

  private ResultPage databases(Statement.ShowDatabases show, Scope scope) {
    List<String> names =
        catalog.databases().stream()
            .filter(scope::includes)
            .filter(name -> fits(show.like(), name))
            .toList();
    return names("Database", names);
  }

  private ResultPage tables(Statement.ShowTables show, Scope scope) {
    String one = show.database();
    TreeSet<String> names = new TreeSet<>();
    for (String database : one == null ? catalog.databases() : List.of(one)) {
      if (scope.includes(database)) {
        names.addAll(catalog.tables(database));
      }
    }
    return names("Table", names.stream().filter(name -> fits(show.like(), name)).toList());
  }

  private static boolean fits(@Nullable LikePattern like, String name) {
    return like == null || like.matches(name);
  }

  private static ResultPage names(String column, List<String> names) {
    int[] codes = IntStream.range(0, names.size()).toArray();
    ColumnVector values = new ColumnVector.Strings(codes, names.toArray(String[]::new));
    return new ResultPage(
        List.of(new ResultPage.Column(column, ValueType.Scalar.VARCHAR, values)), names.size());
  }
}
