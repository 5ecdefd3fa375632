// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {

  @Test
  void refusesWhatTimestreamCantHold() {
    assertThatThrownBy(() -> new Measure.OfDouble(Double.POSITIVE_INFINITY))
        .hasMessage("a DOUBLE measure must be finite, not Infinity");
    assertThatThrownBy(() -> new Measure.OfVarchar(""))
        .hasMessage("a VARCHAR measure must not be empty");
    assertThatThrownBy(() -> new Measure.OfMulti(List.of()))
        .hasMessage("a MULTI measure has at least one value");
  }

  @Test
  void refusesAMultiMeasureWithANameTwiceOrAMultiInside() {
    Measure.Named cpu = new Measure.Named("cpu", new Measure.OfDouble(1));
    assertThatThrownBy(() -> new Measure.OfMulti(List.of(cpu, cpu)))
        .hasMessage("measure \"cpu\" is there twice");
    assertThatThrownBy(() -> new Measure.Named("in", new Measure.OfMulti(List.of(cpu))))
        .hasMessage("measure \"in\" holds a MULTI inside a MULTI");
  }

  @Test
  void refusesATimestampThatStandsAlone() {
    Series series = Series.of("m", List.of());
    assertThatThrownBy(() -> new Point(series, 1, new Measure.OfTimestamp(1)))
        .hasMessage("a TIMESTAMP measure stands only inside a MULTI measure");
  }
}
