// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Dimension;
import dev.weir.model.Series;
import dev.weir.server.timestream.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownSeriesTest {

  private final KnownSeries known = new KnownSeries();

  @Test
  void theSamePartsGiveTheSameObjectAndOthersDoNot() {
    KnownSeries.Known first = known.find("m", parts("z", "1"), parts("b", "2", "a", "3"));
    assertThat(first.series())
        .isEqualTo(
            Series.of(
                "m",
                List.of(
                    new Dimension("a", "3"), new Dimension("b", "2"), new Dimension("z", "1"))));
    assertThat(first.bytes()).isEqualTo(7);
    assertThat(known.find("m", parts("z", "1"), parts("b", "2", "a", "3"))).isSameAs(first);
    assertThat(known.find("m", parts(), parts("a", "3", "z", "1", "b", "2")).series())
        .isEqualTo(first.series());
    assertThat(known.find("n", parts("z", "1"), parts("b", "2", "a", "3")).series())
        .isNotEqualTo(first.series());
    assertThat(known.find("m", parts("z", "1"), parts("b", "3", "a", "2")).series())
        .isNotEqualTo(first.series());
  }

  /** "Aa" and "BB" have one hash in Java; a slot must be told by its content. */
  @Test
  void partsOfOneHashAreNotMixedUp() {
    for (int round = 0; round < 2; round++) {
      for (String name : new String[] {"AaAa", "AaBB", "BBAa", "BBBB"}) {
        assertThat(known.find(name, parts(), parts("x", "y")).series().measureName())
            .isEqualTo(name);
        assertThat(known.find("m", parts(), parts(name, "y")).series().dimension(name))
            .isEqualTo("y");
      }
    }
  }

  @Test
  void moreSeriesThanThereIsRoomForAreStillRight() {
    String longText = "x".repeat(1_500);
    for (int i = 0; i < 60_000; i++) {
      String value = longText + i;
      assertThat(known.find("m", parts(), parts("d", value)).series().dimension("d"))
          .isEqualTo(value);
    }
  }

  @Test
  void aDimensionThatIsThereTwiceMakesNoSeries() {
    assertThatThrownBy(() -> known.find("m", parts("a", "1"), parts("a", "2")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pooledTextsAreEqualToWhatCameAndFoundAgain() {
    TextPool pool = new TextPool();
    char[] characters = "..AaBB..BBAa..".toCharArray();
    String first = pool.text(characters, 2, 4);
    assertThat(first).isEqualTo("AaBB");
    assertThat(pool.text(characters, 2, 4)).isSameAs(first);
    assertThat(pool.text(characters, 8, 4)).isEqualTo("BBAa");
    assertThat(pool.text(characters, 2, 4)).isEqualTo("AaBB");
    assertThat(pool.text(characters, 0, 0)).isEmpty();
    char[] broken = {'a', '\ud800', 'b'};
    assertThatThrownBy(() -> pool.text(broken, 0, 3)).isInstanceOf(WireException.class);
  }

  private static RecordParts parts(String... namesAndValues) {
    RecordParts parts = new RecordParts();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parts.addDimension(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parts;
  }
}
