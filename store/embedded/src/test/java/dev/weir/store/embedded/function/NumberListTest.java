// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lists of numbers between the engine and Java: no bit is lost, there and back. */
class NumberListTest {

  private static final long SEED = 20260310;

  @Test
  void takesDoublesOfAnyBitsThereAndBack() throws SQLException {
    double[] values = values();

    String back = asked("CAST(CAST('" + NumberList.text(values) + "' AS DOUBLE[]) AS VARCHAR)");

    assertThat(bits(NumberList.doubles(back))).as("seed %d", SEED).isEqualTo(bits(values));
  }

  @Test
  void readsWholeNumbersAndNothing() throws SQLException {
    assertThat(NumberList.longs(asked("CAST([1, -9223372036854775807, 0]::BIGINT[] AS VARCHAR)")))
        .containsExactly(1, -Long.MAX_VALUE, 0);
    assertThat(NumberList.longs(asked("CAST([]::BIGINT[] AS VARCHAR)"))).isEmpty();
    assertThat(NumberList.doubles(asked("CAST([]::DOUBLE[] AS VARCHAR)"))).isEmpty();
  }

  /** Random bits, and numbers that are easily lost. */
  private static double[] values() {
    Random random = new Random(SEED);
    double[] values = new double[2_000];
    for (int i = 0; i < values.length; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      values[i] = Double.isFinite(value) ? value : i / 3.0;
    }
    values[0] = 0.1 + 0.2;
    values[1] = Double.MIN_VALUE;
    values[2] = Double.MAX_VALUE;
    values[3] = -0.0;
    return values;
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
  }

  private static String asked(String expression) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + expression)) {
      result.next();
      return result.getString(1);
    }
  }
}
