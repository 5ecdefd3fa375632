// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.names;
import static dev.weir.sql.Texts.query;
import static dev.weir.sql.Texts.select;
import static dev.weir.sql.Texts.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import dev.weir.sql.tree.SortKey;
import dev.weir.sql.tree.Trees;
import dev.weir.sql.tree.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTreesTest {

  @Test
  void unnamedColumnsAreNumberedByTheirPlace() {
    assertThat(
            names(
                query(
                    "SELECT 1, job, count(*) AS \"N\", Job, p.job FROM weir.prometheus p"
                        + " GROUP BY job")))
        .containsExactly("_col0", "job", "N", "Job", "job");
  }

  @Test
  void starIsSpelledOutInTheOrderOfTheTable() {
    assertThat(names(query("SELECT *, 1 FROM plant.sensors")))
        .containsExactly(
            "site",
            "sensor-id",
            "measure_name",
            "time",
            "temperature",
            "revolutions",
            "serviced",
            "running",
            "_col8");
    assertThat(names(query("SELECT b.* FROM weir.prometheus a CROSS JOIN plant.Cases b")))
        .containsExactly("Host", "host", "Only", "measure_name", "time");
  }

  @Test
  void dimensionsThatDifferInCaseAreTwoColumns() {
    Body.Select select = select("SELECT Host, host, ONLY FROM plant.Cases");

    assertThat(select.projections())
        .extracting(projection -> ((Expression.Column) projection.expression()).index())
        .containsExactly(0, 1, 2);
  }

  @Test
  void relationsAreNumberedAndColumnsPointAtThem() {
    Body.Select select =
        select(
            "SELECT b.site, a.job FROM weir.prometheus a JOIN plant.sensors b ON a.job = b.site");
    Relation.Join join = (Relation.Join) select.from();

    assertThat(join.kind()).isEqualTo(Relation.Join.Kind.INNER);
    assertThat(Trees.numbers(join)).containsExactlyInAnyOrder(0, 1);
    assertThat(select.projections().getFirst().expression())
        .isEqualTo(new Expression.Column(1, 0, "site", Scalar.VARCHAR, select.position()));
  }

  @Test
  void usingIsAConditionAndMergesColumns() {
    Body.Select inner =
        select("SELECT * FROM plant.sensors a JOIN plant.sensors b USING (site, time)");
    assertThat(
            names(query("SELECT * FROM plant.sensors a JOIN plant.sensors b USING (site, time)")))
        .startsWith("site", "time", "sensor-id")
        .hasSize(14);
    assertThat(((Relation.Join) inner.from()).condition())
        .isInstanceOfSatisfying(
            Expression.Logical.class, both -> assertThat(both.terms()).hasSize(2));

    Body.Select full =
        select("SELECT site FROM plant.sensors a FULL JOIN plant.sensors b USING (site)");
    assertThat(full.projections().getFirst().expression()).isInstanceOf(Expression.Coalesce.class);
  }

  @Test
  void commonTablesAreUsedByReference() {
    Query query =
        query(
            "WITH a AS (SELECT 1 AS x), b(y) AS (SELECT x FROM a) SELECT y FROM b JOIN a ON y = x");

    assertThat(query.with()).extracting(Query.CommonTable::name).containsExactly("a", "b");
    assertThat(query.with().getLast().query().columns().getFirst().name()).isEqualTo("y");
    List<Relation> uses = new ArrayList<>();
    Trees.eachRelation(query, uses::add);
    assertThat(uses)
        .filteredOn(Relation.CommonTableUse.class::isInstance)
        .extracting(use -> ((Relation.CommonTableUse) use).table().number())
        .containsExactly(0, 1, 0);
  }

  @Test
  void aCommonTableHidesNoStoredTable() {
    assertThat(names(query("WITH sensors AS (SELECT 1 AS x) SELECT * FROM plant.sensors")))
        .contains("site");
  }

  @Test
  void setOperationsMeetInACommonType() {
    Query query = query("SELECT 1 AS a UNION ALL SELECT 2.5 INTERSECT SELECT NULL ORDER BY a DESC");

    assertThat(types(query)).containsExactly(Scalar.DOUBLE);
    Body.SetOperation union = (Body.SetOperation) query.body();
    assertThat(union.kind()).isEqualTo(Body.SetOperation.Kind.UNION);
    assertThat(union.distinct()).isFalse();
    assertThat(((Body.SetOperation) union.inputs().getLast()).kind())
        .isEqualTo(Body.SetOperation.Kind.INTERSECT);
    assertThat(query.orderBy())
        .containsExactly(
            new SortKey(
                new Expression.OutputReference(0, Scalar.DOUBLE, union.position()), true, false));
  }

  @Test
  void valuesAreCastToTheTypesOfTheirColumns() {
    Body.Values values = (Body.Values) query("VALUES (1, 'a'), (2.5, NULL)").body();

    assertThat(values.rows().getFirst().getFirst())
        .isEqualTo(new Literal.OfDouble(1, values.position()));
    assertThat(values.rows().getLast().getLast())
        .isEqualTo(new Literal.OfNull(Scalar.VARCHAR, values.position()));
  }

  @Test
  void sortKeysFindProjectionsByNameNumberAndMeaning() {
    Body.Select select =
        select(
            "SELECT job, avg(measure_value::double) AS a FROM weir.prometheus GROUP BY job"
                + " ORDER BY a, 1 DESC NULLS FIRST, avg(measure_value::double), max(time), a + 1");

    assertThat(select.orderBy())
        .extracting(SortKey::expression)
        .satisfiesExactly(
            key -> assertThat(((Expression.OutputReference) key).index()).isEqualTo(1),
            key -> assertThat(((Expression.OutputReference) key).index()).isZero(),
            key -> assertThat(((Expression.OutputReference) key).index()).isEqualTo(1),
            key -> assertThat(key).isInstanceOf(Expression.Call.class),
            key -> assertThat(key).isInstanceOf(Expression.Arithmetic.class));
    assertThat(select.orderBy()).extracting(SortKey::nullsFirst).startsWith(false, true);
  }

  @Test
  void groupKeysAreFoundAgainInTheSelectList() {
    Body.Select select =
        select(
            "SELECT BIN(time, 60s), job FROM weir.prometheus"
                + " GROUP BY bin(time,\n 1m), 2 HAVING count(*) > 1");

    assertThat(select.grouping()).isNotNull();
    assertThat(select.grouping().simple()).isTrue();
    assertThat(select.grouping().keys())
        .containsExactly(
            select.projections().get(0).expression(), select.projections().get(1).expression());
  }

  @Test
  void groupingSetsAreMultipliedOut() {
    assertThat(sets("GROUPING SETS ((job, region), (job), ())"))
        .containsExactly(List.of(0, 1), List.of(0), List.of());
    assertThat(sets("ROLLUP (job, region)")).containsExactly(List.of(0, 1), List.of(0), List.of());
    assertThat(sets("CUBE (job, region), mode"))
        .containsExactly(List.of(0, 1, 2), List.of(0, 2), List.of(1, 2), List.of(2));
    assertThat(sets("job, job")).containsExactly(List.of(0));
  }

  private static List<List<Integer>> sets(String groupBy) {
    Body.Grouping grouping =
        select("SELECT count(*) FROM weir.prometheus GROUP BY " + groupBy).grouping();
    assertThat(grouping).isNotNull();
    return grouping.sets();
  }

  @Test
  void aggregatesWithoutGroupByMakeOneGroup() {
    assertThat(select("SELECT count(*) FROM weir.prometheus").grouping())
        .isEqualTo(new Body.Grouping(List.of(), List.of(List.of())));
    assertThat(select("SELECT count(*) OVER () FROM weir.prometheus").grouping()).isNull();
    assertThat(select("SELECT (SELECT count(*) FROM plant.sensors)").grouping()).isNull();
  }

  @Test
  void unnestSeesWhatIsLeftOfItAndNamesItsColumns() {
    String series =
        "(SELECT create_time_series(time, measure_value::double) AS ts FROM weir.prometheus)";

    assertThat(names(query("SELECT * FROM " + series + " CROSS JOIN UNNEST(ts)")))
        .containsExactly("ts", "time", "value");
    assertThat(names(query("SELECT t.* FROM " + series + " s CROSS JOIN UNNEST(s.ts) AS t(x, y)")))
        .containsExactly("x", "y");
    assertThat(
            names(query("SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY[ROW('a', 1.5)]) WITH ORDINALITY")))
        .containsExactly("_col0", "_col1", "_col2", "ordinality");
  }

  @Test
  void correlatedSubqueriesPointOutwards() {
    Body.Select select =
        select(
            "SELECT (SELECT max(time) FROM plant.sensors s WHERE s.site = p.job)"
                + " FROM weir.prometheus p");
    int outer = ((Relation.BaseTable) select.from()).number();
    List<Integer> relations = new ArrayList<>();
    Trees.eachExpression(
        select.projections().getFirst().expression(),
        expression -> {
          if (expression instanceof Expression.Column column && column.name().equals("job")) {
            relations.add(column.relation());
          }
        });

    assertThat(relations).containsExactly(outer);
  }

  @Test
  void lambdaVariablesAreDistinctEvenIfTheirNamesAreNot() {
    Expression.Call call =
        (Expression.Call)
            Texts.expression(
                "transform(ARRAY[1], x -> element_at(transform(ARRAY[x], x -> x + 1), 1))");
    List<Integer> numbers = new ArrayList<>();
    Trees.eachExpression(
        call,
        expression -> {
          if (expression instanceof Expression.LambdaVariable variable) {
            numbers.add(variable.number());
          }
        });

    assertThat(numbers).containsExactly(0, 1);
  }

  @Test
  void framesKeepTheirBounds() {
    Expression.Call call =
        (Expression.Call)
            Texts.expression(
                "avg(measure_value::double) OVER (PARTITION BY job ORDER BY time DESC"
                    + " ROWS BETWEEN 5 PRECEDING AND UNBOUNDED FOLLOWING)");

    assertThat(call.window()).isNotNull();
    assertThat(call.window().frame())
        .isEqualTo(
            new Window.Frame(
                Window.Unit.ROWS,
                new Window.Bound(
                    Window.Kind.PRECEDING, new Literal.OfLong(5, Scalar.BIGINT, call.position())),
                new Window.Bound(Window.Kind.UNBOUNDED_FOLLOWING, null)));
    assertThat(call.aggregates()).isFalse();
  }

  @Test
  void limitIsANumberOrNothing() {
    assertThat(select("SELECT 1 LIMIT 7").limit()).isEqualTo(7);
    assertThat(select("SELECT 1 LIMIT ALL").limit()).isNull();
    assertThat(query("(SELECT 1) LIMIT 0").limit()).isZero();
  }

  @Test
  void lateralQueriesSeeTheLeft() {
    Body.Select select =
        select(
            "SELECT n FROM weir.prometheus CROSS JOIN LATERAL"
                + " (SELECT count(*) AS n FROM plant.sensors WHERE site = job) x");

    assertThat(((Relation.Join) select.from()).right())
        .isInstanceOfSatisfying(
            Relation.Subquery.class, subquery -> assertThat(subquery.lateral()).isTrue());
  }
}
