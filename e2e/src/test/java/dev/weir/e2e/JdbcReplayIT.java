// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What AWS's JDBC driver 2.0 sends and what it needs back, statement by statement: its jar is not
 * on Maven Central, its statements are in its source.
 */
class JdbcReplayIT {

  /** The types that the driver knows ({@code TimestreamDataType}). */
  private static final List<String> KNOWN_TYPES =
      List.of("BIGINT", "INTEGER", "BOOLEAN", "DOUBLE", "VARCHAR", "DATE", "TIME", "TIMESTAMP");

  @TempDir static Path folder;
  private static WeirProcess weir;
  private static WireApi api;
  private static FleetTable fleet;

  @BeforeAll
  static void start() {
    weir = WeirProcess.start(folder, "--doors=timestream,console");
    api = new WireApi(weir.web());
    fleet = FleetTable.write(api);
  }

  @AfterAll
  static void stop() {
    weir.close();
  }

  @Test
  void isValidWhenSelect1IsAnswered() {
    assertThat(api.scalars("SELECT 1")).containsExactly(List.of("1"));
  }

  @Test
  void listsSchemasByPattern() {
    assertThat(api.scalars("SHOW DATABASES")).contains(List.of("fleet"));
    assertThat(api.scalars("SHOW DATABASES LIKE 'fl%'")).containsExactly(List.of("fleet"));
    assertThat(api.scalars("SHOW DATABASES LIKE 'nothing'")).isEmpty();
    assertThat(api.page("SHOW DATABASES", 0, null).path("ColumnInfo").toString())
        .isEqualTo("[{\"Name\":\"Database\",\"Type\":{\"ScalarType\":\"VARCHAR\"}}]");
  }

  @Test
  void listsTablesByPattern() {
    assertThat(api.scalars("SHOW TABLES FROM \"fleet\"")).containsExactly(List.of("hosts"));
    assertThat(api.scalars("SHOW TABLES FROM \"fleet\" LIKE 'hos__'"))
        .containsExactly(List.of("hosts"));
    assertThat(api.scalars("SHOW TABLES FROM \"fleet\" LIKE 'x%'")).isEmpty();
  }

  @Test
  void describesColumnsWithTypesThatTheDriverKnows() {
    List<List<String>> columns = api.scalars("DESCRIBE \"fleet\".\"hosts\"");

    assertThat(columns)
        .extracting(List::getFirst)
        .contains(
            "host",
            "region",
            "instance-type",
            "measure_name",
            "time",
            "measure_value::double",
            "measure_value::bigint",
            "used",
            "ok",
            "note");
    assertThat(columns)
        .allSatisfy(column -> {
          assertThat(column.get(1)).isLowerCase();
          assertThat(KNOWN_TYPES).contains(column.get(1).toUpperCase(Locale.ROOT));
        });
  }

  @Test
  void tellsThePreparedColumnsWithoutRunning() {
    String sql =
        "SELECT host, max(time) AS last, avg(measure_value::double), ARRAY[1, 2] AS a,"
            + " CREATE_TIME_SERIES(time, measure_value::double) AS s FROM \"fleet\".\"hosts\""
            + " WHERE measure_name = 'cpu_user' GROUP BY host";

    JsonNode answer = api.page("SELECT * FROM (" + sql + ") LIMIT 0", 0, null);

    assertThat(answer.path("Rows").toString()).isEqualTo("[]");
    assertThat(answer.has("NextToken")).isFalse();
    assertThat(answer.path("ColumnInfo").findValuesAsString("Name"))
        .contains("host", "last", "_col2", "a", "s");
    assertThat(answer.path("ColumnInfo").path(1).path("Type").toString())
        .isEqualTo("{\"ScalarType\":\"TIMESTAMP\"}");
    assertThat(answer.path("ColumnInfo").path(3).path("Type").toString())
        .isEqualTo("{\"ArrayColumnInfo\":{\"Type\":{\"ScalarType\":\"INTEGER\"}}}");
    assertThat(answer.path("ColumnInfo").path(4).path("Type").toString())
        .isEqualTo("{\"TimeSeriesMeasureValueColumnInfo\":{\"Type\":{\"ScalarType\":\"DOUBLE\"}}}");
  }

  @Test
  void fetchesAResultInPagesOfTheFetchSize() {
    String sql =
        "SELECT time, measure_value::double FROM \"fleet\".\"hosts\""
            + " WHERE measure_name = 'cpu_user' AND host = 'host-1' ORDER BY time";
    List<Integer> sizes = new ArrayList<>();
    List<String> values = new ArrayList<>();
    String token = null;
    do {
      JsonNode page = api.page(sql, 4, token);
      sizes.add(page.path("Rows").size());
      page.path("Rows").forEach(row -> values.add(row.at("/Data/1/ScalarValue").asString()));
      assertThat(page.path("QueryId").asString()).matches("[A-Z0-9]+");
      token = page.path("NextToken").asString(null);
    } while (token != null);

    assertThat(sizes.stream().filter(size -> size > 0)).containsExactly(4, 4, 2);
    assertThat(values).hasSize(FleetTable.MINUTES).first().isEqualTo("10.0");
    assertThat(values).last().isEqualTo("19.0");
  }

  @Test
  void readsAllTypesOfCells() {
    List<List<String>> rows =
        api.scalars(
            "SELECT time, used, ok, note, measure_value::bigint FROM \"fleet\".\"hosts\""
                + " WHERE measure_name = 'disk' ORDER BY time, host LIMIT 1");
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().getFirst()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:00\\.0{9}");
    assertThat(rows.getFirst().subList(1, 5)).containsExactly("0.5", "true", "fine", "null");
    assertThat(fleet.endMillis).isGreaterThan(fleet.startMillis);
  }

  @Test
  void saysWhatIsWrongWithAStatementThatItPrepares() {
    WireApi.Answer answer =
        api.send("Query", "{\"QueryString\":\"SELECT * FROM (SELECT nope) LIMIT 0\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("ValidationException");
    assertThat(answer.message()).isEqualTo("line 1:23: Column 'nope' does not exist");
  }
}
