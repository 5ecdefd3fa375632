// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.MeasureType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotLaneTest {

  private static final Lane DOUBLES = new Lane(MeasureType.DOUBLE, false);
  private static final Lane TEXTS = new Lane(MeasureType.VARCHAR, false);

  private static void expectRows(LaneView view) {
    for (int at = 0; at < view.rows(); at++) {
      HotChunk chunk = view.chunks()[at / HotChunk.ROWS];
      int row = at % HotChunk.ROWS;
      assertThat(chunk.series(row)).isEqualTo(at % 7);
      assertThat(chunk.time(row)).isEqualTo(at);
      assertThat(chunk.bits(row)).isEqualTo(view.lane().holdsObjects() ? 0 : at * 3L);
      assertThat(chunk.object(row)).isEqualTo(view.lane().holdsObjects() ? "v" + at : null);
      assertThat(chunk.version(row)).isEqualTo(version(at));
    }
  }

  private static long version(int at) {
    return at >= 100 && at % 50 == 0 ? 2 : 1;
  }

  private static void append(HotLane lane, int at) {
    lane.append(at % 7, at, at * 3L, lane.lane().holdsObjects() ? "v" + at : null, version(at));
  }

  @Test
  void keepsRowsAndViewsWhileItGrows() {
    for (Lane kind : List.of(DOUBLES, TEXTS)) {
      HotLane lane = new HotLane(kind);
      List<LaneView> views = new ArrayList<>();
      for (int at = 0; at < 40_000; at++) {
        append(lane, at);
        if (at % 1_111 == 0 || at == 63 || at == 64) {
          lane.publish();
          views.add(lane.view());
        }
      }
      lane.publish();
      views.add(lane.view());
      views.forEach(HotLaneTest::expectRows);
      assertThat(views.getLast().rows()).isEqualTo(40_000);
      assertThat(views.getLast().chunks()).hasSize(3);
    }
  }

  @Test
  void takesLittleRoomForFewRows() {
    HotLane lane = new HotLane(DOUBLES);
    for (int at = 0; at < 64; at++) {
      append(lane, at);
    }
    lane.publish();
    assertThat(lane.view().chunks()[0].capacity()).isEqualTo(64);
  }

  @Test
  void forgetsWhatWasNotPublishedAlsoAfterGrowing() {
    HotLane lane = new HotLane(DOUBLES);
    for (int at = 0; at < 60; at++) {
      append(lane, at);
    }
    lane.publish();
    for (int at = 60; at < 500; at++) {
      lane.append(99, 1, 1, null, 1);
    }
    lane.rollback();
    for (int at = 60; at < 500; at++) {
      append(lane, at);
    }
    lane.publish();
    expectRows(lane.view());
  }

  @Test
  void keepsOnlyWhatIsNotBeforeATime() {
    HotLane lane = new HotLane(DOUBLES);
    for (int at = 0; at < 20_000; at++) {
      append(lane, at);
    }
    lane.publish();

    HotLane since = lane.since(19_990 * Lane.NANOS_PER_MILLI - 1);

    assertThat(since.published()).isEqualTo(10);
    assertThat(since.view().chunks()[0].time(0)).isEqualTo(19_990);
    assertThat(since.view().chunks()[0].version(10 - 1)).isEqualTo(1);
    assertThat(lane.since(0)).isSameAs(lane);
  }
}
