// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.select;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectShapeTest {

  private static final String ALL = "instance, job, mode, pod, region, le";

  @Test
  void conditionsAreSortedByWhatTheyConcern() {
    SelectShape shape =
        SelectShape.of(
                select(
                    "SELECT 1 FROM weir.prometheus WHERE job = 'a' AND lower(measure_name) LIKE"
                        + " 'b%' AND time > ago(1h) AND bin(time, 1m) = now() AND"
                        + " measure_value::double > 1 AND (job = 'x' OR time > now()) AND random()"
                        + " < 0.5 AND job IN (SELECT site FROM plant.sensors)"))
            .orElseThrow();

    assertThat(shape.seriesConditions()).hasSize(2);
    assertThat(shape.timeConditions()).hasSize(1);
    assertThat(shape.otherConditions()).hasSize(5);
    assertThat(shape.groupsBySeries()).isFalse();
  }

  @ParameterizedTest(name = "{0} GROUP BY {1}: {2}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          true; ALL, measure_name; true
          measure_name = 'up'; ALL; true
          measure_name = 'up' OR true; ALL; false
          job = 'a' AND pod IS NULL; instance, mode, region, le, measure_name; true
          true; job, measure_name; false
          true; ALL, measure_name, time; false
          true; ALL, measure_name, lower(job); false
          true; ROLLUP(ALL, measure_name); false
          """)
  void groupIsASeriesWhenAllItsColumnsAreKnown(String where, String groupBy, boolean bySeries) {
    String text =
        "SELECT count(*) FROM weir.prometheus WHERE %s GROUP BY %s"
            .formatted(where, groupBy.replace("ALL", ALL));

    assertThat(SelectShape.of(select(text)).orElseThrow().groupsBySeries()).isEqualTo(bySeries);
  }

  @Test
  void onlyASingleStoredTableHasAShape() {
    assertThat(SelectShape.of(select("SELECT 1"))).isEmpty();
    assertThat(SelectShape.of(select("SELECT 1 FROM (SELECT 1)"))).isEmpty();
    assertThat(SelectShape.of(select("SELECT 1 FROM weir.prometheus, plant.sensors"))).isEmpty();
    assertThat(SelectShape.of(select("SELECT 1 FROM weir.prometheus")).orElseThrow().time())
        .isEqualTo(TimeRange.ALL);
  }
}
