// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.Operation;
import dev.weir.api.call.QueryPlaces;
import dev.weir.api.call.Role;
import dev.weir.monitor.record.CheckTables;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryRunner;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@code /api/v1/sql} and {@code /api/v1/catalog}: Timestream SQL over the databases that a caller
 * may see, and what is in them. Thread-safe.
 */
public final class QueryApi {

  private static final String SQL = "/api/v1/sql";
  private static final String SQL_ONE = SQL + "/{id}";
  private static final String CATALOG = "/api/v1/catalog";
  private static final String TABLE = CATALOG + "/{database}/{table}";

  private final SqlCalls sql;
  private final CatalogCalls catalogs;

  /**
   * The data of a store.
   *
   * @param tables tells which database is whose customer's
   * @param random makes names that nobody can guess
   */
  public QueryApi(
      QueryRunner queries,
      CatalogReader catalog,
      CheckTables tables,
      InstantSource clock,
      RandomGenerator random) {
    CallerScope scopes = new CallerScope(tables);
    QueryPlaces places = new QueryPlaces();
    this.sql =
        new SqlCalls(
            queries,
            new CheckedStatements(catalog, clock),
            scopes,
            places,
            new OpenQueries(queries, clock, random),
            clock);
    this.catalogs =
        new CatalogCalls(
            catalog,
            scopes,
            places,
            new MeasureNames(queries, clock),
            new LabelValues(queries, clock));
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(
        new Operation("POST", SQL, Role.VIEWER, sql::post),
        new Operation("GET", SQL_ONE, Role.VIEWER, sql::show),
        new Operation("DELETE", SQL_ONE, Role.VIEWER, sql::cancel),
        new Operation("GET", CATALOG, Role.VIEWER, catalogs::databases),
        new Operation("GET", TABLE, Role.VIEWER, catalogs::columns),
        new Operation("GET", TABLE + "/measures", Role.VIEWER, catalogs::measures),
        new Operation("GET", TABLE + "/dimensions", Role.VIEWER, catalogs::dimensions));
  }
}
