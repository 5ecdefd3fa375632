// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What Grafana's Timestream plugin sends and what it needs back, as its source and its recorded
 * answers have it.
 */
class GrafanaReplayIT {

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
  void isHealthyWhenSelect1GivesTheText1() {
    JsonNode page = api.page("SELECT 1", 0, null);
    assertThat(page.at("/Rows/0/Data/0/ScalarValue").isString()).isTrue();
    assertThat(page.at("/Rows/0/Data/0/ScalarValue").asString()).isEqualTo("1");
    assertThat(page.at("/ColumnInfo/0/Type/ScalarType").asString()).isEqualTo("INTEGER");
    assertThat(page.at("/QueryStatus/ProgressPercentage").asDouble()).isEqualTo(100);
  }

  @Test
  void fillsItsDropDowns() {
    assertThat(api.scalars("SHOW DATABASES")).contains(List.of("fleet"));
    assertThat(api.scalars("SHOW TABLES FROM \"fleet\"")).containsExactly(List.of("hosts"));

    JsonNode measures = api.page("SHOW MEASURES FROM \"fleet\".\"hosts\"", 0, null);

    assertThat(measures.path("ColumnInfo").toString())
        .isEqualTo(
            """
            [{"Name":"measure_name","Type":{"ScalarType":"VARCHAR"}},\
            {"Name":"data_type","Type":{"ScalarType":"VARCHAR"}},\
            {"Name":"dimensions","Type":{"ArrayColumnInfo":{"Type":{"RowColumnInfo":[\
            {"Name":"dimension_name","Type":{"ScalarType":"VARCHAR"}},\
            {"Name":"data_type","Type":{"ScalarType":"VARCHAR"}}]}}}}]\
            """);
    List<String> names = new ArrayList<>();
    measures.path("Rows").forEach(row -> names.add(row.at("/Data/0/ScalarValue").asString()));
    assertThat(names).containsExactlyInAnyOrder("cpu_user", "requests", "disk");
    JsonNode first = measures.at("/Rows/0/Data");
    assertThat(first.size()).isEqualTo(3);
    List<String> dimensions = new ArrayList<>();
    first
        .at("/2/ArrayValue")
        .forEach(each -> {
          assertThat(each.at("/RowValue/Data/1/ScalarValue").asString()).isEqualTo("varchar");
          dimensions.add(each.at("/RowValue/Data/0/ScalarValue").asString());
        });
    assertThat(dimensions).containsExactlyInAnyOrder("host", "region", "instance-type");
  }

  @Test
  void plotsWithItsMacrosFilledIn() {
    String sql =
        """
        SELECT bin(time, 60000ms) AS t, avg(measure_value::double) AS cpu
        FROM "fleet"."hosts"
        WHERE measure_name = 'cpu_user'
          AND time BETWEEN from_milliseconds(%d) AND from_milliseconds(%d)
        GROUP BY bin(time, 60000ms) ORDER BY 1\
        """
            .formatted(fleet.startMillis, fleet.endMillis);

    List<List<String>> rows = api.scalars(sql);

    assertThat(rows).hasSize(FleetTable.MINUTES);
    assertThat(rows.getFirst().get(0)).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:00\\.0{9}");
    assertThat(rows).extracting(row -> row.get(1)).startsWith("15.0", "16.0").endsWith("24.0");
  }

  @Test
  void makesFramesOfTimeSeries() {
    String sql =
        """
        WITH binned AS (
          SELECT host, BIN(time, 60000ms) AS binned, ROUND(AVG(measure_value::double), 2) AS cpu
          FROM "fleet"."hosts"
          WHERE measure_name = 'cpu_user' AND time BETWEEN from_milliseconds(%d) AND from_milliseconds(%d)
          GROUP BY host, BIN(time, 60000ms))
        SELECT host, CREATE_TIME_SERIES(binned, cpu) AS cpu FROM binned GROUP BY host ORDER BY host\
        """
            .formatted(fleet.startMillis, fleet.endMillis);

    JsonNode page = api.page(sql, 0, null);

    assertThat(page.at("/ColumnInfo/1/Type").toString())
        .isEqualTo("{\"TimeSeriesMeasureValueColumnInfo\":{\"Type\":{\"ScalarType\":\"DOUBLE\"}}}");
    JsonNode series = page.at("/Rows/1/Data/1/TimeSeriesValue");
    assertThat(page.at("/Rows/1/Data/0/ScalarValue").asString()).isEqualTo("host-2");
    assertThat(series.size()).isEqualTo(FleetTable.MINUTES);
    assertThat(series.at("/0/Value/ScalarValue").asString()).isEqualTo("20.0");
    assertThat(series.at("/0/Time").asString())
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:00\\.0{9}");
  }

  @Test
  void answersTheSampleDashboard() {
    String range =
        "measure_name = 'cpu_user' AND time BETWEEN from_milliseconds(%d) AND from_milliseconds(%d)"
            .formatted(fleet.startMillis, fleet.endMillis);
    assertThat(
            api.scalars(
                "SELECT COUNT(DISTINCT host), APPROX_DISTINCT(region),"
                    + " COUNT(IF(measure_value::double > 25, 1)), MAX(measure_value::double),"
                    + " APPROX_PERCENTILE(measure_value::double, 0.5) BETWEEN 18 AND 20 FROM"
                    + " \"fleet\".\"hosts\" WHERE "
                    + range))
        .containsExactly(List.of("2", "1", "4", "29.0", "true"));
    assertThat(
            api.scalars(
                "SELECT region || '/' || host AS name, CASE WHEN avg(measure_value::double) > 20"
                    + " THEN 'high' ELSE 'low' END FROM \"fleet\".\"hosts\" WHERE "
                    + range
                    + " GROUP BY region, host HAVING count(*) > 1 ORDER BY 1"))
        .containsExactly(List.of("us-east-1/host-1", "low"), List.of("us-east-1/host-2", "high"));
    assertThat(
            api.scalars(
                "SELECT \"instance-type\" FROM \"fleet\".\"hosts\" WHERE " + range + " LIMIT 1"))
        .containsExactly(List.of("m5"));
  }

  @Test
  void printsConstantsAsRecorded() {
    JsonNode page =
        api.page(
            """
            SELECT 1 AS t_int32, 'two' AS t_varchar, timestamp '2020-08-08 01:00' AS "timestamp",
            interval '2' day - interval '3' hour AS interval_day_to_second,
            interval '3' year - interval '5' month AS interval_year_to_month,
            time '01:00' AS "time", date '2020-08-08' AS "date\"\
            """,
            0,
            null);
    assertThat(page.path("ColumnInfo").findValuesAsString("ScalarType"))
        .containsExactly(
            "INTEGER",
            "VARCHAR",
            "TIMESTAMP",
            "INTERVAL_DAY_TO_SECOND",
            "INTERVAL_YEAR_TO_MONTH",
            "TIME",
            "DATE");
    assertThat(page.at("/Rows/0/Data").findValuesAsString("ScalarValue"))
        .containsExactly(
            "1",
            "two",
            "2020-08-08 01:00:00.000000000",
            "1 21:00:00.000000000",
            "2-7",
            "01:00:00.000000000",
            "2020-08-08");
  }

  @Test
  void goesOnWithTheTokenUntilThereIsNone() {
    String sql = "SELECT time, host FROM \"fleet\".\"hosts\" WHERE measure_name = 'cpu_user'";
    int rows = 0;
    String token = null;
    do {
      JsonNode page = api.page(sql, 3, token);
      rows += page.path("Rows").size();
      token = page.path("NextToken").asString(null);
    } while (token != null);
    assertThat(rows).isEqualTo(2 * FleetTable.MINUTES);
  }

  @Test
  void marksNullCellsAndKeepsTheirTypes() {
    JsonNode page =
        api.page("SELECT CAST(NULL AS timestamp) AS t, CAST(NULL AS double) AS d", 0, null);
    assertThat(page.path("ColumnInfo").findValuesAsString("ScalarType"))
        .containsExactly("TIMESTAMP", "DOUBLE");
    assertThat(page.at("/Rows/0/Data").toString())
        .isEqualTo("[{\"NullValue\":true},{\"NullValue\":true}]");
  }

  @Test
  void mayCancelAQueryWithPagesLeft() {
    JsonNode page = api.page("SELECT time FROM \"fleet\".\"hosts\"", 1, null);
    String id = page.path("QueryId").asString();
    assertThat(page.path("NextToken").isString()).isTrue();
    assertThat(api.call("CancelQuery", "{\"QueryId\":\"%s\"}".formatted(id)).toString())
        .contains("CancellationMessage");
  }
}
