// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.names;
import static dev.weir.sql.Texts.query;
import static dev.weir.sql.Texts.select;
import static dev.weir.sql.Texts.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.SqlText;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Relation;
import org.junit.jupiter.api.Test;

/** The two statements of remote read, end to end. */
class RemoteReadStatementsTest {

  private static final String DIMENSIONS =
      "\"instance\", \"job\", \"mode\", \"pod\", \"region\", \"le\", \"measure_name\"";

  private static final String SERIES =
      "SELECT "
          + DIMENSIONS
          + ", count(*) AS n FROM \"weir\".\"prometheus\""
          + " WHERE \"measure_name\" = 'up' AND (\"pod\" IS NULL OR \"pod\" <> 'x')"
          + " AND \"job\" IN ('x','y') AND \"le\" LIKE 'x%' ESCAPE '\\'"
          + " AND REGEXP_LIKE(\"mode\", '^(?:a|b)$')"
          + " AND time BETWEEN from_milliseconds(1) AND from_milliseconds(2)"
          + " GROUP BY "
          + DIMENSIONS;

  private static final String SAMPLES =
      "SELECT "
          + DIMENSIONS
          + ", CREATE_TIME_SERIES(time, measure_value::double) AS samples"
          + ", CREATE_TIME_SERIES(time, measure_value::bigint) AS bits"
          + " FROM \"weir\".\"prometheus\""
          + " WHERE \"measure_name\" = 'up'"
          + " AND time BETWEEN from_milliseconds(-5) AND from_milliseconds(2)"
          + " AND ((\"instance\" = 'a' AND \"pod\" IS NULL) OR (\"instance\" = 'it''s'))"
          + " GROUP BY "
          + DIMENSIONS;

  @Test
  void seriesStatementGivesLabelsAndACount() {
    assertThat(names(query(SERIES)))
        .containsExactly("instance", "job", "mode", "pod", "region", "le", "measure_name", "n");
    assertThat(types(query(SERIES))).last().isEqualTo(Scalar.BIGINT);
  }

  @Test
  void groupKeysAreTheColumnsOfASeries() {
    Body.Select select = select(SERIES);

    assertThat(select.grouping()).isNotNull();
    assertThat(select.grouping().simple()).isTrue();
    assertThat(select.grouping().keys())
        .extracting(key -> ((Expression.Column) key).index())
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void timesAreOneExactRange() {
    Expression.Logical where = (Expression.Logical) select(SERIES).where();
    Relation.BaseTable table = (Relation.BaseTable) select(SERIES).from();

    assertThat(where.terms()).hasSize(6);
    assertThat(TimeRange.exactly(where.terms().getLast(), table))
        .contains(new TimeRange(1_000_000, 2_000_000));
    assertThat(TimeRange.implied(select(SAMPLES).where(), table))
        .isEqualTo(new TimeRange(-5_000_000, 2_000_000));
  }

  @Test
  void samplesStatementGivesTimeSeriesOfBothTypes() {
    assertThat(types(query(SAMPLES)))
        .endsWith(
            new ValueType.TimeSeriesOf(Scalar.DOUBLE), new ValueType.TimeSeriesOf(Scalar.BIGINT));
  }

  @Test
  void literalsKeepQuotesAndBackslashes() {
    String value = "a'b\\\"\n;-- é😀";
    Body.Select select =
        select(
            new SqlText()
                .raw("SELECT 1 FROM weir.prometheus WHERE job = ")
                .literal(value)
                .toString());

    assertThat(select.where())
        .isInstanceOfSatisfying(
            Expression.Comparison.class,
            comparison ->
                assertThat(comparison.right())
                    .isInstanceOfSatisfying(
                        Literal.OfString.class,
                        literal -> assertThat(literal.value()).isEqualTo(value)));
  }

  @Test
  void measureValueColumnIsOneNameWhateverItsSpelling() {
    for (String spelling :
        new String[] {
          "measure_value::double",
          "MEASURE_VALUE::DOUBLE",
          "\"measure_value::double\"",
          "\"measure_value\"::double",
          "measure_value :: double",
          "p.measure_value::double"
        }) {
      assertThat(select("SELECT " + spelling + " FROM weir.prometheus p").projections().getFirst())
          .as(spelling)
          .satisfies(projection ->
              assertThat(projection.expression())
                  .isInstanceOfSatisfying(
                      Expression.Column.class, column -> assertThat(column.index()).isEqualTo(8)))
          .satisfies(
              projection -> assertThat(projection.name()).isEqualTo("measure_value::double"));
    }
  }
}
