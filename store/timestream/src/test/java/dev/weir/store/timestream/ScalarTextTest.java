// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

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
    assertThat(ScalarText.number(Scalar.TIMESTAMP, "1970-01-02 00:00:01.000000007"))
        .isEqualTo(86_401_000_000_007L);
    assertThat(ScalarText.number(Scalar.DATE, "2020-08-08")).isEqualTo(18_482);
    assertThat(ScalarText.number(Scalar.TIME, "01:00:00.000000000")).isEqualTo(3_600_000_000_000L);
    assertThat(ScalarText.number(Scalar.INTERVAL_DAY_TO_SECOND, "1 21:00:00.000000000"))
        .isEqualTo(45 * 3_600_000_000_000L);
    assertThat(ScalarText.number(Scalar.INTERVAL_YEAR_TO_MONTH, "2-7")).isEqualTo(31);
    assertThat(ScalarText.number(Scalar.BIGINT, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void isTheWayBackFromPrinting() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      long any = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : random.nextLong();
      comesBack(Scalar.BIGINT, any);
      comesBack(Scalar.TIMESTAMP, any);
      comesBack(Scalar.INTERVAL_DAY_TO_SECOND, any);
      comesBack(Scalar.TIME, Math.floorMod(any, 86_400_000_000_000L));
      comesBack(Scalar.DATE, Math.floorMod(any, 106_000));
      comesBack(Scalar.INTERVAL_YEAR_TO_MONTH, any % 100_000);
    }
  }

  private static void comesBack(Scalar type, long value) {
    String text = ValueText.of(type, new ColumnVector.Longs(new long[] {value}, null), 0);
    assertThat(ScalarText.number(type, text)).as("%s %s", type, text).isEqualTo(value);
  }

  @Test
  void saysWhatItCouldNotRead() {
    assertThatThrownBy(() -> ScalarText.number(Scalar.TIMESTAMP, "2021-11-15T14:26:49"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("2021-11-15T14:26:49")
        .hasMessageContaining("TIMESTAMP");
  }
}
