// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueText;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.StoreException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarTextTest {

  @Test
  void readsWhatTimestreamWasSeenToPrint() {
    assertThat(number(Scalar.TIMESTAMP, "1970-01-02 00:00:01.000000007"))
        .isEqualTo(86_401_000_000_007L);
    assertThat(number(Scalar.DATE, "2020-08-08")).isEqualTo(18_482);
    assertThat(number(Scalar.TIME, "01:00:00.000000000")).isEqualTo(3_600_000_000_000L);
    assertThat(number(Scalar.INTERVAL_DAY_TO_SECOND, "1 21:00:00.000000000"))
        .isEqualTo(45 * 3_600_000_000_000L);
    assertThat(number(Scalar.INTERVAL_YEAR_TO_MONTH, "2-7")).isEqualTo(31);
    assertThat(number(Scalar.BIGINT, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void readsTimestampsWithFewerDigits() {
    assertThat(number(Scalar.TIMESTAMP, "1970-01-01 00:00:01")).isEqualTo(1_000_000_000L);
    assertThat(number(Scalar.TIMESTAMP, "1970-01-01 00:00:00.5")).isEqualTo(500_000_000L);
  }

  @Test
  void isTheWayBackFromPrinting() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long any = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : random.nextLong();
      comesBack(Scalar.BIGINT, any >> random.nextInt(64));
      comesBack(Scalar.TIMESTAMP, any);
      comesBack(Scalar.INTERVAL_DAY_TO_SECOND, any);
      comesBack(Scalar.TIME, Math.floorMod(any, 86_400_000_000_000L));
      comesBack(Scalar.DATE, Math.floorMod(any, 106_000));
      comesBack(Scalar.INTERVAL_YEAR_TO_MONTH, any % 100_000);
    }
  }

  @Test
  void knowsEveryDayOfTheRange() {
    for (long day = 0; day < 106_000; day++) {
      comesBack(Scalar.TIMESTAMP, day * 86_400_000_000_000L + day);
    }
  }

  @Test
  void readsDoublesToTheLastBit() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      String text = Double.toString(value);
      char[] padded = ("\"" + text + "\"").toCharArray();
      assertThat(Double.doubleToLongBits(ScalarText.decimal(padded, 1, text.length())))
          .as(text)
          .isEqualTo(Double.doubleToLongBits(value));
    }
  }

  private static void comesBack(Scalar type, long value) {
    String text = ValueText.of(type, new ColumnVector.Longs(new long[] {value}, null), 0);
    assertThat(number(type, text)).as("%s %s", type, text).isEqualTo(value);
  }

  @Test
  void saysWhatItCouldNotRead() {
    unreadable(Scalar.TIMESTAMP, "2021-11-15T14:26:49");
    unreadable(Scalar.TIMESTAMP, "2021-11-15 24:26:49.000000000");
    unreadable(Scalar.TIMESTAMP, "2021-02-29 14:26:49.000000000");
    unreadable(Scalar.TIMESTAMP, "2021-13-01 14:26:49.000000000");
    unreadable(Scalar.TIMESTAMP, "2021-11-15 14:26:49.0000000x0");
    unreadable(Scalar.TIMESTAMP, "9999-11-15 14:26:49.000000000");
    unreadable(Scalar.BIGINT, "");
    unreadable(Scalar.BIGINT, "-");
    unreadable(Scalar.BIGINT, "9223372036854775808");
    unreadable(Scalar.INTERVAL_DAY_TO_SECOND, "999999999 00:00:00.000000000");
  }

  private static void unreadable(Scalar type, String text) {
    assertThatThrownBy(() -> number(type, text))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("\"" + text + "\" is no " + type);
  }

  /** From the middle of an array, as values come. */
  private static long number(Scalar type, String text) {
    char[] padded = ("12" + text + "34").toCharArray();
    return ScalarText.number(type, padded, 2, text.length());
  }
}
