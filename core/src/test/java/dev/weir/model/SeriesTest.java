// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private static final Dimension JOB = new Dimension("job", "node");
  private static final Dimension INSTANCE = new Dimension("instance", "a:9100");

  @Test
  void takesAnotherMeasureNameAndSharesItsDimensions() {
    Series up = Series.of("up", List.of(JOB, INSTANCE));
    Series bits = up.withMeasureName("up~bits");
    assertThat(bits).isEqualTo(Series.of("up~bits", List.of(INSTANCE, JOB)));
    assertThat(bits.hash()).isEqualTo(Series.of("up~bits", List.of(INSTANCE, JOB)).hash());
    assertThat(bits.dimensions()).isSameAs(up.dimensions());
    assertThatThrownBy(() -> up.withMeasureName("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isTheSameInWhateverOrderTheDimensionsCome() {
    Series one = Series.of("up", List.of(JOB, INSTANCE));
    Series other = Series.of("up", List.of(INSTANCE, JOB));
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.hash()).isEqualTo(other.hash());
    assertThat(one.dimensions()).containsExactly(INSTANCE, JOB);
  }

  @Test
  void differsWhenAnythingDiffers() {
    Series series = Series.of("up", List.of(JOB));
    assertThat(series)
        .isNotEqualTo(Series.of("down", List.of(JOB)))
        .isNotEqualTo(Series.of("up", List.of()))
        .isNotEqualTo(Series.of("up", List.of(new Dimension("Job", "node"))));
  }

  @Test
  void separatesNamesFromValuesInItsHash() {
    Series one = Series.of("m", List.of(new Dimension("a", "b"), new Dimension("c", "d")));
    Series other = Series.of("m", List.of(new Dimension("a", "d"), new Dimension("c", "b")));
    assertThat(one.hash()).isNotEqualTo(other.hash());
  }

  @Test
  void refusesADimensionThatIsThereTwice() {
    assertThatThrownBy(() -> Series.of("up", List.of(JOB, new Dimension("job", "other"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension \"job\" is there twice");
  }

  @Test
  void refusesEmptyNamesAndValues() {
    assertThatThrownBy(() -> Series.of("", List.of())).hasMessage("measure name is empty");
    assertThatThrownBy(() -> new Dimension("", "x"))
        .hasMessage("dimension name is empty; leave the dimension out");
    assertThatThrownBy(() -> new Dimension("x", ""))
        .hasMessage("dimension \"x\" has an empty value; leave the dimension out");
  }

  @Test
  void findsADimensionByItsExactName() {
    Series series = Series.of("up", List.of(JOB));
    assertThat(series.dimension("job")).isEqualTo("node");
    assertThat(series.dimension("Job")).isNull();
  }
}
