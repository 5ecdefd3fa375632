// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Now is 2026-11-21 10:20:30.123456789 in all of these. */
class FoldedConstantsTest {

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          now()                                    => 1795256430123456789
          current_timestamp                        => 1795256430123456789
          ago(15m)                                 => 1795255530123456789
          ago(1ns)                                 => 1795256430123456788
          now() - 1h + 30m                         => 1795254630123456789
          now() - 1month                           => 1792578030123456789
          from_milliseconds(1)                     => 1000000
          from_milliseconds(-1)                    => -1000000
          from_nanoseconds(9223372036854775807)    => 9223372036854775807
          from_unixtime(1.5)                       => 1500000000
          from_unixtime(1700000000.123)            => 1700000000123000000
          from_iso8601_timestamp('1970-01-01T00:00:01.5Z') => 1500000000
          TIMESTAMP '1970-01-01 00:00:00.000000001' => 1
          TIMESTAMP '1970-01-01 02:00:00 +02:00'   => 0
          CAST('1970-01-02' AS timestamp)          => 86400000000000
          bin(from_nanoseconds(119999999999), 1m)  => 60000000000
          bin(from_nanoseconds(-1), 1m)            => -60000000000
          date_trunc('hour', now())                => 1795255200000000000
          date_trunc('WEEK', now())                => 1794787200000000000
          date_trunc('quarter', now())             => 1790812800000000000
          date_add('month', -1, now())             => 1792578030123456789
          date_add('nanosecond', 1, now())         => 1795256430123456790
          '1970-01-01' + 1ns                       => 1
          15m                                      => 900000000000
          60000ms                                  => 60000000000
          1h + 30m                                 => 5400000000000
          2 * 1h                                   => 7200000000000
          parse_duration('42.8ms')                 => 42800000
          interval '3' year - interval '5' month   => 31
          INTERVAL -'2' DAY                        => -172800000000000
          2year                                    => 24
          DATE '1970-01-03'                        => 2
          DATE '1970-01-03' + 1d                   => 3
          TIME '00:00:01.5'                        => 1500000000
          current_date                             => 20778
          TIMESTAMP '1970-01-01 00:00:02' - TIMESTAMP '1970-01-01 00:00:01' => 1000000000
          """)
  void isOneNumber(String expression, long value) {
    assertThat(Texts.expression(expression))
        .isInstanceOfSatisfying(
            Literal.OfLong.class, literal -> assertThat(literal.value()).isEqualTo(value));
  }

  @Test
  void theRestIsLeftToTheEngine() {
    assertThat(Texts.expression("1 + 2")).isInstanceOf(Expression.Arithmetic.class);
    assertThat(Texts.expression("1 / 0")).isInstanceOf(Expression.Arithmetic.class);
    assertThat(Texts.expression("abs(-1)")).isInstanceOf(Expression.Call.class);
    assertThat(Texts.expression("bin(time, 1m)")).isInstanceOf(Expression.Call.class);
    assertThat(Texts.expression("ago(NULL)")).isInstanceOf(Expression.Arithmetic.class);
  }

  @Test
  void namesOfTypesAreConstants() {
    assertThat(Texts.expression("typeof(ARRAY[time])"))
        .isInstanceOfSatisfying(
            Literal.OfString.class,
            literal -> assertThat(literal.value()).isEqualTo("array(timestamp)"));
    // An aggregate has to stay: it makes all rows one group.
    assertThat(Texts.expression("typeof(create_time_series(time, job))"))
        .isInstanceOf(Expression.Case.class);
    assertThat(Texts.expression("current_timezone()")).isInstanceOf(Literal.OfString.class);
  }

  @Test
  void textBesideATimestampBecomesOne() {
    Expression.Comparison comparison =
        (Expression.Comparison) Texts.expression("time > '1970-01-01 00:00:01'");

    assertThat(comparison.right())
        .isEqualTo(new Literal.OfLong(1_000_000_000, Scalar.TIMESTAMP, comparison.position()));
  }
}
