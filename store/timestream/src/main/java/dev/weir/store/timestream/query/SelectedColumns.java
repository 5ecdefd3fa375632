// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ResultPage;
import dev.weir.query.SqlText;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns of a table as a query without rows tells them, for callers that may select and not
 * describe: the AWS connector asks its operators for {@code timestream:Select} alone, and DESCRIBE
 * needs {@code timestream:DescribeTable} (developer guide, "How Timestream works with IAM": an
 * action stands for the API operation and the SQL statement of its name).
 *
 * <p>What a column is follows from its place and name: dimensions come first, then {@code
 * measure_name}, {@code time} and the measures.
 */
final class SelectedColumns {

  private static final String MEASURE_NAME = "measure_name";
  private static final String TIME = "time";
  private static final String SINGLE_MEASURE = "measure_value::";

  private SelectedColumns() {}

  /** Whether a refusal of DESCRIBE is one of rights, not of credentials. */
  static boolean mayHelp(StoreException refusal) {
    return refusal.kind() == Kind.DENIED
        && String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT).contains("not authorized");
  }

  /** A statement that scans next to nothing and has all columns. */
  static String statement(TableName table) {
    SqlText sql = new SqlText().raw("SELECT * FROM ");
    sql.identifier(table.database()).raw(".").identifier(table.table());
    return sql.raw(" WHERE time >= ago(1m) LIMIT 0").toString();
  }

  static TableDescription of(TableName table, List<ResultPage.Column> columns) {
    List<ColumnDescription> described = new ArrayList<>(columns.size());
    boolean inDimensions = true;
    for (ResultPage.Column column : columns) {
      inDimensions &= !column.name().equals(MEASURE_NAME) && !column.name().equals(TIME);
      described.add(
          new ColumnDescription(column.name(), column.type(), role(column.name(), inDimensions)));
    }
    return new TableDescription(table, described);
  }

  private static ColumnRole role(String name, boolean inDimensions) {
    if (inDimensions) {
      return ColumnRole.DIMENSION;
    }
    return switch (name) {
      case MEASURE_NAME -> ColumnRole.MEASURE_NAME;
      case TIME -> ColumnRole.TIMESTAMP;
      default -> name.startsWith(SINGLE_MEASURE) ? ColumnRole.MEASURE_VALUE : ColumnRole.MULTI;
    };
  }
}
