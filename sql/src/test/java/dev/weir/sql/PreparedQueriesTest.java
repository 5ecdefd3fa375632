// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Scope;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.PreparedQuery;
import dev.weir.store.PreparedQuery.Column;
import dev.weir.store.PreparedQuery.Parameter;
import dev.weir.store.TableName;
import org.junit.jupiter.api.Test;

class PreparedQueriesTest {

  private static final TableName TABLE = new TableName("weir", "prometheus");

  private final SqlAnalyzer analyzer = new SqlAnalyzer();

  private PreparedQuery prepare(String text) {
    return analyzer.prepare(text, new FixedCatalog(), Scope.all(), Texts.NOW);
  }

  @Test
  void givesParametersTheTypesOfTheirPlaces() {
    PreparedQuery query =
        prepare(
            """
            SELECT job, measure_value::double * @factor AS scaled
            FROM weir.prometheus
            WHERE job = @job AND time BETWEEN @from AND now() AND job LIKE @pattern
              AND measure_value::bigint IN (1, @number) AND @switch AND bin(time, @width) = @from
            """);

    assertThat(query.parameters())
        .containsExactly(
            new Parameter("factor", Scalar.DOUBLE),
            new Parameter("job", Scalar.VARCHAR),
            new Parameter("from", Scalar.TIMESTAMP),
            new Parameter("pattern", Scalar.VARCHAR),
            new Parameter("number", Scalar.BIGINT),
            new Parameter("switch", Scalar.BOOLEAN),
            new Parameter("width", Scalar.INTERVAL_DAY_TO_SECOND));
  }

  @Test
  void takesTheFirstTypedUseOfAParameter() {
    assertThat(prepare("SELECT @a, @a + 1, CAST(@b AS bigint), @c IS NULL").parameters())
        .containsExactly(
            new Parameter("a", Scalar.INTEGER),
            new Parameter("b", Scalar.VARCHAR),
            new Parameter("c", Scalar.VARCHAR));
  }

  @Test
  void saysWhereColumnsComeFrom() {
    assertThat(
            prepare(
                    """
                    WITH c AS (SELECT job AS j, job, time FROM weir.prometheus)
                    SELECT j, job, time AS t, 1, @p, upper(job) FROM c
                    """)
                .columns())
        .containsExactly(
            new Column("j", Scalar.VARCHAR, TABLE, true),
            new Column("job", Scalar.VARCHAR, TABLE, false),
            new Column("t", Scalar.TIMESTAMP, TABLE, true),
            new Column("_col3", Scalar.INTEGER, null, false),
            new Column("_col4", Scalar.VARCHAR, null, false),
            new Column("_col5", Scalar.VARCHAR, null, false));
    assertThat(prepare("SELECT x.a FROM (SELECT job FROM weir.prometheus) AS x(a)").columns())
        .containsExactly(new Column("a", Scalar.VARCHAR, TABLE, true));
    assertThat(
            prepare(
                    "SELECT a.job, b.time FROM weir.prometheus a JOIN weir.prometheus b ON"
                        + " a.job = b.job")
                .columns())
        .containsExactly(
            new Column("job", Scalar.VARCHAR, TABLE, false),
            new Column("time", Scalar.TIMESTAMP, TABLE, false));
    assertThat(prepare("SELECT 1 AS one UNION SELECT 2 ORDER BY 1").columns())
        .containsExactly(new Column("one", Scalar.INTEGER, null, false));
  }

  @Test
  void refusesParametersOutsideOfPreparedQueries() {
    assertThat(Texts.error("SELECT 1 WHERE 1 = @x"))
        .isEqualTo("line 1:20: @x is a parameter, which only a prepared query may have");
    assertThat(Texts.error("SELECT * FROM weir.prometheus LIMIT @n"))
        .startsWith("line 1:37: mismatched input '@n'");
    assertThat(Texts.error("SELECT @ x")).startsWith("line 1:8: ");
  }

  @Test
  void preparesOnlyQueries() {
    assertThatThrownBy(() -> prepare("SHOW DATABASES"))
        .hasMessage("line 1:1: only a query can be prepared");
    assertThatThrownBy(() -> prepare("SELECT nope, @x FROM weir.prometheus"))
        .hasMessage("line 1:8: Column 'nope' does not exist");
  }

  @Test
  void limitsParameters() {
    StringBuilder text = new StringBuilder("SELECT @p0");
    for (int i = 1; i <= Parameters.PARAMETERS_MAX; i++) {
      text.append(", @p").append(i);
    }
    assertThatThrownBy(() -> prepare(text.toString()))
        .hasMessageEndingWith("the query has more than 1000 parameters");
  }
}
