// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnVectorTest {

  @Test
  void readsTextsThroughTheirDictionary() {
    ColumnVector.Strings strings =
        new ColumnVector.Strings(new int[] {1, -1, 0}, new String[] {"a", "b"});
    assertThat(strings.value(0)).isEqualTo("b");
    assertThat(strings.value(1)).isNull();
    assertThat(strings.isNull(1)).isTrue();
    assertThat(strings.nulls()).isEqualTo(BitSet.valueOf(new long[] {0b010}));
  }

  @Test
  void hasNoMaskWhereNothingIsNull() {
    assertThat(new ColumnVector.Strings(new int[] {0}, new String[] {"a"}).nulls()).isNull();
    assertThat(new ColumnVector.Longs(new long[] {1}, null).isNull(0)).isFalse();
    assertThat(new ColumnVector.AllNull(2).isNull(1)).isTrue();
  }

  @Test
  void countsSeriesAndArraysByTheirOffsets() {
    ColumnVector.Doubles values = new ColumnVector.Doubles(new double[] {1, 2, 3}, null);
    assertThat(
            new ColumnVector.TimeSeries(new int[] {0, 1, 3}, new long[] {1, 1, 2}, values, null)
                .size())
        .isEqualTo(2);
    assertThat(new ColumnVector.Arrays(new int[] {0, 0, 3}, values, null).size()).isEqualTo(2);
  }

  @Test
  void formsPagesOfColumnsOfOneLengthOnly() {
    ResultPage.Column column =
        new ResultPage.Column(
            "n", ValueType.Scalar.BIGINT, new ColumnVector.Longs(new long[] {1, 2}, null));
    assertThat(new ResultPage(List.of(column), 2).column("n")).isEqualTo(column);
    assertThatThrownBy(() -> new ResultPage(List.of(column), 3))
        .hasMessage("column n has 2 values in a page of 3 rows");
  }

  @Test
  void hidesDatabasesOutsideOfAScope() {
    assertThat(Scope.all().includes("any")).isTrue();
    Scope scope = Scope.of(java.util.Set.of("mine"));
    assertThat(scope.includes("mine")).isTrue();
    assertThat(scope.includes("yours")).isFalse();
  }
}
