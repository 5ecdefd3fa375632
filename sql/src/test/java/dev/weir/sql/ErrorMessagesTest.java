// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.error;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorMessagesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT bogus FROM weir.prometheus | line 1:8: Column 'bogus' does not exist
          SELECT "job" FROM weir.prometheus WHERE "vehicleName" = 'x' | line 1:41: Column 'vehicleName' does not exist
          SELECT a.nosuch FROM weir.prometheus a | line 1:8: Column 'a.nosuch' does not exist
          SELECT measure_value::boolean FROM weir.prometheus | line 1:8: Column 'measure_value::boolean' does not exist
          SELECT measure_value::foo FROM weir.prometheus | line 1:27: mismatched input 'FROM'. Expecting: '('
          SELECT time FROM plant.sensors a JOIN plant.sensors b ON a.site = b.site | line 1:8: Column 'time' is ambiguous
          SELECT HOST FROM plant.Cases | line 1:8: Column 'HOST' is ambiguous
          SELECT 1 FROM abc.sampleDB | Requested database 'abc' not found for identifier 'abc.sampleDB' at line 1:15
          SELECT * FROM weir.nothing | line 1:15: Table 'weir.nothing' does not exist
          SELECT * FROM nothing | line 1:15: Table 'nothing' does not exist: a table is named "database"."table"
          SELECT read_csv('/etc/passwd') | line 1:8: Function 'read_csv' not registered
          SELECT getenv('HOME') | line 1:8: Function 'getenv' not registered
          SELECT foo.abs(1) | line 1:8: Function 'foo.abs' not registered
          SELECT abs('x') | line 1:8: Unexpected parameters (varchar) for function abs. Expected: abs(integer) -> integer; abs(bigint) -> bigint; abs(double) -> double
          SELECT * FROM weir.prometheus WHERE job = 1 | line 1:41: Cannot apply operator: varchar = integer
          SELECT * FROM weir.prometheus WHERE time > 5 | line 1:42: Cannot apply operator: timestamp > integer
          SELECT * FROM weir.prometheus WHERE time > 'yesterday' | line 1:44: 'yesterday' is not a valid timestamp literal
          SELECT * FROM weir.prometheus WHERE job | line 1:37: WHERE clause must evaluate to a boolean: actual type varchar
          SELECT time + 1 FROM weir.prometheus | line 1:13: Cannot apply operator: timestamp + integer
          SELECT 1.5 + '2' | line 1:12: Cannot apply operator: double + varchar
          SELECT job AS x FROM weir.prometheus WHERE x = 'a' | line 1:44: Column 'x' does not exist
          SELECT job AS x FROM weir.prometheus GROUP BY x | line 1:47: Column 'x' does not exist
          SELECT job, time FROM weir.prometheus GROUP BY job | line 1:13: 'time' must be an aggregate expression or appear in GROUP BY clause
          SELECT count(*) FROM weir.prometheus ORDER BY time | line 1:47: 'time' must be an aggregate expression or appear in GROUP BY clause
          SELECT count(*) FROM weir.prometheus WHERE count(*) > 1 | line 1:44: WHERE clause cannot contain aggregations, window functions or grouping operations: [count]
          SELECT sum(sum(measure_value::double)) FROM weir.prometheus | line 1:12: an aggregate cannot contain aggregations, window functions or grouping operations: [sum]
          SELECT grouping(job) FROM weir.prometheus | line 1:8: 'job' must be an aggregate expression or appear in GROUP BY clause
          SELECT grouping() | line 1:1: the statement is not valid: grouping operation columns cannot be empty
          SELECT rank() FROM weir.prometheus | line 1:8: Window function rank must have an OVER clause
          SELECT abs(1) OVER () | line 1:8: abs is not a window or aggregate function
          SELECT DISTINCT job FROM weir.prometheus ORDER BY time | line 1:51: For SELECT DISTINCT, ORDER BY expressions must appear in select list
          SELECT job FROM weir.prometheus ORDER BY 2 | line 1:42: ORDER BY position 2 is not in select list
          SELECT job FROM weir.prometheus GROUP BY 0 | line 1:42: GROUP BY position 0 is not in select list
          SELECT 1 AS a UNION SELECT 'x' | line 1:15: column 1 in UNION query has incompatible types: integer, varchar
          SELECT 1, 2 UNION SELECT 1 | line 1:13: UNION query has different number of fields: 2, 1
          SELECT 1 OFFSET 2 | line 1:10: OFFSET is not supported; read on with the NextToken of a page
          SELECT * | line 1:8: SELECT * not allowed in queries without FROM clause
          SELECT (SELECT 1, 2) | line 1:8: Subquery must give one column, but gives 2
          SELECT ARRAY[1, 'a'] | line 1:17: All ARRAY elements must be the same type or coercible to a common type. Cannot find common type between integer and varchar
          SELECT x -> 1 | line 1:8: a lambda can only be the argument of a function
          SELECT filter(ARRAY[1], (x, y) -> true) | line 1:25: the lambda must have 1 parameters, but has 2
          SELECT filter(ARRAY[1], x -> x) | line 1:30: the lambda must evaluate to boolean: actual type integer
          SELECT 'abc' LIKE 'a_c' ESCAPE 'ab' | line 1:32: Escape string must be a single character
          SELECT CAST(1 AS foo) | line 1:18: Unknown type: foo
          SELECT CAST(1 AS timestamp) | line 1:8: Cannot cast integer to timestamp
          SELECT 15mm | line 1:8: mismatched input '15mm': a name can't begin with a digit
          SELECT 9999999999999d | line 1:8: the duration 9999999999999d is too long
          SELECT from_milliseconds(9223372036854775807) | line 1:8: the result of from_milliseconds is outside the range of timestamps, 1677-09-21 00:12:44 to 2262-04-11 23:47:16
          SELECT bin(now(), 0s) | line 1:19: the width of a bin must be greater than zero
          SELECT date_trunc('eon', now()) | line 1:19: 'eon' is not a valid TIMESTAMP field
          SELECT date_diff('eon', time, time) FROM weir.prometheus | line 1:18: 'eon' is not a valid TIMESTAMP field
          SELECT bin(time, 0s) FROM weir.prometheus | line 1:18: the width of a bin must be greater than zero
          SELECT regexp_like(job, '(') FROM weir.prometheus | line 1:25: Invalid regular expression: Unclosed group
          SELECT max(create_time_series(time, measure_value::double)) FROM weir.prometheus | line 1:8: Unexpected parameters (timeseries(row(timestamp, double))) for function max. Expected: max(K) -> K; max(K, bigint) -> array(K)
          SELECT DISTINCT create_time_series(time, job) FROM weir.prometheus | line 1:17: DISTINCT can only be applied to comparable types (actual: timeseries(row(timestamp, varchar)))
          SELECT create_time_series(time, ARRAY[1]) FROM weir.prometheus | line 1:8: Unexpected parameters (timestamp, array(integer)) for function create_time_series. Expected: create_time_series(timestamp, V) -> timeseries(V)
          SELECT rank() OVER (ORDER BY rank() OVER ()) | line 1:30: a window function cannot contain aggregations, window functions or grouping operations: [rank]
          SELECT sum(1) OVER (RANGE 1 PRECEDING) | line 1:21: Window frame of type RANGE with a distance needs one sort key
          SELECT 'abc | line 1:8: the quote ' is never closed
          SELECT 1 # 2 | line 1:10: unexpected character '#'
          INSERT INTO x VALUES (1) | line 1:1: mismatched input 'INSERT'. Expecting: 'SELECT', 'WITH', 'VALUES', 'SHOW', 'DESCRIBE'
          SELECT 1 FROM UNNEST(1) | line 1:22: Cannot unnest type: integer
          SELECT * FROM weir.prometheus a CROSS JOIN plant.sensors b WHERE a.nosuch = b.site | line 1:66: Column 'a.nosuch' does not exist
          WITH a AS (SELECT 1), a AS (SELECT 2) SELECT 1 | line 1:23: WITH query name 'a' specified more than once
          """)
  void isRefusedWithThePlaceAndTheReason(String text, String message) {
    assertThat(error(text)).isEqualTo(message);
  }

  @Test
  void placesCountLinesAndCodePointsOfTheUsersOwnText() {
    assertThat(
            error(
                "SELECT 15m, measure_value::double,\n"
                    + "  '😀', /* a\n"
                    + " comment */ bogus\n"
                    + "FROM weir.prometheus"))
        .isEqualTo("line 3:13: Column 'bogus' does not exist");
    assertThat(error("SELECT '😀', bogus FROM weir.prometheus"))
        .isEqualTo("line 1:13: Column 'bogus' does not exist");
  }

  @Test
  void syntaxErrorsComeWithTheirPlace() {
    assertThat(error("SELECT 1 FROM weir.prometheus; SELECT 2"))
        .startsWith("line 1:30: mismatched input ';'. Expecting: ");
    assertThat(error("SELECT 15m FROM")).startsWith("line 1:16: mismatched input '<EOF>'.");
    assertThat(error("")).isEqualTo("line 1:1: the query is empty");
    assertThat(error(" -- nothing\n;")).isEqualTo("line 2:2: the query is empty");
  }

  @Test
  void longMessagesAreCut() {
    assertThat(error("SELECT \"" + "x".repeat(5_000) + "\" FROM weir.prometheus")).hasSize(1_001);
  }
}
