// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import static dev.weir.prometheus.TimestreamNames.dimensionOfLabel;
import static dev.weir.prometheus.TimestreamNames.labelOfDimension;
import static dev.weir.prometheus.TimestreamNames.measureOfMetric;
import static dev.weir.prometheus.TimestreamNames.metricOfMeasure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestreamNamesTest {

  @ParameterizedTest
  @CsvSource({
    "job, job",
    "Job, Job",
    "time, weir_time",
    "Time, Time",
    "timeout, timeout",
    "ts_, weir_ts_",
    "ts_non_existent_col, weir_ts_non_existent_col",
    "tsx, tsx",
    "measure_name, weir_measure_name",
    "measure_names, weir_measure_names",
    "measure_value, weir_measure_value",
    "measure_value::double, weir_measure_valueweir_3A_weir_3A_double",
    "measure, measure",
    "a:b, aweir_3A_b",
    "weir_, weir_weir_",
    "weir_time, weir_weir_time",
    "weir_3A_, weir_weir_3A_",
    "x_weir_y, x_weir_weir_y",
    "weirweir_, weirweir_weir_",
    "größe, größe",
    "'a b', 'a b'",
  })
  void writesLabelsReversibly(String label, String dimension) {
    assertThat(dimensionOfLabel(label)).isEqualTo(dimension);
    assertThat(labelOfDimension(dimension)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "up, up",
    "job:rate5m, job:rate5m",
    "time, weir_time",
    "ts_x, weir_ts_x",
    "weir_up, weir_weir_up",
    "weir_3A_x, weir_weir_3A_x",
  })
  void writesMetricsReversiblyAndKeepsTheirColons(String metric, String measure) {
    assertThat(measureOfMetric(metric)).isEqualTo(measure);
    assertThat(metricOfMeasure(measure)).isEqualTo(metric);
    assertThat(metricOfMeasure(measure + "~bits")).isEqualTo(metric);
  }

  @Test
  void bringsBackRandomNamesAndKeepsThemApart() {
    String[] parts = {
      "weir_",
      "weir",
      "_",
      ":",
      "3A_",
      "time",
      "ts_",
      "measure_",
      "name",
      "value",
      "a",
      "ü",
      "~",
      ""
    };
    Random random = new Random(11);
    Map<String, String> labels = new HashMap<>();
    Map<String, String> metrics = new HashMap<>();
    for (int round = 0; round < 30_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(7); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      String name = text.toString();
      String dimension = dimensionOfLabel(name);
      String measure = measureOfMetric(name);
      assertThat(labelOfDimension(dimension)).isEqualTo(name);
      assertThat(metricOfMeasure(measure)).isEqualTo(name);
      assertThat(labels.merge(dimension, name, (one, _) -> one)).isEqualTo(name);
      assertThat(metrics.merge(measure, name, (one, _) -> one)).isEqualTo(name);
      assertThat(dimension).doesNotContain(":").doesNotStartWith("ts_").isNotEqualTo("time");
      assertThat(dimension).doesNotStartWith("measure_name").doesNotStartWith("measure_value");
    }
  }
}
