// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.typeOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTypesTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          1                                   => integer
          99999999999                         => bigint
          1.5                                 => double
          1e3                                 => double
          'x'                                 => varchar
          NULL                                => unknown
          DATE '2020-01-01'                   => date
          TIME '01:00:00'                     => time
          TIMESTAMP '2020-01-01 00:00:00.1'   => timestamp
          INTERVAL '2' DAY                    => interval day to second
          interval '3' year - interval '5' month => interval year to month
          15m                                 => interval day to second
          60000ms                             => interval day to second
          1year                               => interval year to month
          8month                              => interval year to month
          now()                               => timestamp
          current_date                        => date
          current_time                        => time
          localtimestamp                      => timestamp
          1 + 2                               => integer
          measure_value::bigint / 2           => bigint
          measure_value::bigint * 1.5         => double
          -measure_value::double              => double
          time - 1h                           => timestamp
          1h + time                           => timestamp
          time - time                         => interval day to second
          2 * 1h                              => interval day to second
          now() + 1month                      => timestamp
          '2020-01-01' + 1d                   => timestamp
          time AT TIME ZONE 'Europe/Berlin'   => timestamp
          EXTRACT(YEAR FROM time)             => bigint
          day('2019-10-12 00:00:00')          => bigint
          to_unixtime('2019-10-12')           => double
          date_trunc('hour', time)            => timestamp
          date_trunc('month', DATE '2020-01-05') => date
          bin(time, 5m)                       => timestamp
          job || 'x'                          => varchar
          ARRAY[1] || ARRAY[2]                => array(integer)
          ARRAY[1] || 2                       => array(integer)
          ARRAY[1, 2.5, NULL]                 => array(double)
          ARRAY[1,2][1]                       => integer
          ROW(1, 'a')                         => row(integer, varchar)
          CAST(ROW(1,'a') AS ROW(x bigint, y varchar)).y => varchar
          IF(job = 'a', 1)                    => integer
          CASE WHEN job = 'a' THEN 1 ELSE 2.5 END => double
          CASE job WHEN 'a' THEN 'x' END      => varchar
          COALESCE(NULL, 1, 2.5)              => double
          NULLIF(1, 2)                        => integer
          TRY(1 / 0)                          => integer
          TRY_CAST('x' AS bigint)             => bigint
          CAST(time AS date)                  => date
          GREATEST(1, 2.5)                    => double
          abs(-3)                             => integer
          round(measure_value::double, 2)     => double
          split('a,b', ',')                   => array(varchar)
          substring('abc', 2)                 => varchar
          position('a' IN 'abc')              => bigint
          trim(BOTH 'x' FROM 'xax')           => varchar
          typeof(1.5)                         => varchar
          sequence(1, 3)                      => array(bigint)
          sequence('2023-04-02 19:26:12', '2023-04-04 19:26:12', 1d) => array(timestamp)
          zip(ARRAY[1], ARRAY['a'])           => array(row(integer, varchar))
          transform(ARRAY[1, 2], x -> x + 1.5) => array(double)
          regexp_replace('a', 'b', x -> upper(x[1])) => varchar
          reduce(ARRAY[1, 2], 0, (s, x) -> s + x, s -> s * 1.5) => double
          count(*)                            => bigint
          count(DISTINCT job)                 => bigint
          avg(measure_value::bigint)          => double
          sum(measure_value::bigint)          => bigint
          sum(measure_value::double)          => double
          min(time)                           => timestamp
          max(time, 3)                        => array(timestamp)
          max_by(job, time)                   => varchar
          max(time) - min(time)               => interval day to second
          approx_percentile(measure_value::double, 0.9) => double
          approx_percentile(measure_value::double, ARRAY[0.5, 0.9]) => array(double)
          approx_distinct(job)                => bigint
          array_agg(job ORDER BY time DESC)   => array(varchar)
          max(measure_value::double) FILTER (WHERE job = 'a') => double
          create_time_series(time, measure_value::bigint) => timeseries(row(timestamp, bigint))
          filter(create_time_series(time, measure_value::double), x -> x.value > 3) => timeseries(row(timestamp, double))
          reduce(create_time_series(time, measure_value::double), 0.0, (s, x) -> s + x.value, s -> s) => double
          interpolate_linear(create_time_series(time, measure_value::bigint), sequence(min(time), max(time), 1m)) => timeseries(row(timestamp, double))
          interpolate_fill(create_time_series(time, measure_value::double), now(), 0) => double
          derivative_linear(create_time_series(time, measure_value::double), 1m) => timeseries(row(timestamp, double))
          integral_trapezoidal(create_time_series(time, measure_value::bigint)) => double
          row_number() OVER (ORDER BY time)   => bigint
          lag(measure_value::double, 1) IGNORE NULLS OVER (PARTITION BY job ORDER BY time) => double
          sum(measure_value::double) OVER (ORDER BY time ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) => double
          EXISTS (SELECT 1)                   => boolean
          (SELECT max(time) FROM plant.sensors) => timestamp
          job IN (SELECT site FROM plant.sensors) => boolean
          time > ALL (SELECT time FROM plant.sensors) => boolean
          NULL = 1                            => boolean
          job IS NOT DISTINCT FROM pod        => boolean
          NOT job LIKE 'a%'                   => boolean
          """)
  void expressionHasItsType(String expression, String type) {
    assertThat(typeOf(expression)).isEqualTo(type);
  }
}
