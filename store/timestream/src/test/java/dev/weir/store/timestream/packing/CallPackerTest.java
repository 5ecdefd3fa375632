// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.store.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallPackerTest {

  static final TableName TABLE = new TableName("plant", "sensors");
  private static final int BATCHES = 150;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void callsExpandToThePointsOfTheBatch(long seed) {
    RandomBatches batches = new RandomBatches(new Random(seed));
    for (int i = 0; i < BATCHES; i++) {
      PointBatch batch = batches.next();
      CallPacker.Packing packing = CallPacker.pack(TABLE, batch);

      assertThat(packing.rejections()).isEmpty();
      boolean[] sent = new boolean[batch.size()];
      for (PackedCall call : packing.calls()) {
        Expander.Request request = Expander.expand(call.body());
        assertThat(request.database() + "." + request.table()).isEqualTo(TABLE.toString());
        List<Point> wanted = new ArrayList<>();
        for (int record = 0; record < call.size(); record++) {
          wanted.add(batch.point(call.batchIndex(record)));
          assertThat(sent[call.batchIndex(record)]).as("seed %d batch %d", seed, i).isFalse();
          sent[call.batchIndex(record)] = true;
        }
        assertThat(request.points()).as("seed %d batch %d", seed, i).isEqualTo(wanted);
      }
      assertThat(sent).as("seed %d batch %d", seed, i).doesNotContain(false);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8})
  void neverCostsMoreThanWithoutPacking(long seed) {
    RandomBatches batches = new RandomBatches(new Random(seed));
    for (int i = 0; i < BATCHES; i++) {
      PointBatch batch = batches.next();

      long kib =
          CallPacker.pack(TABLE, batch).calls().stream().mapToLong(PackedCall::billedKib).sum();

      assertThat(kib)
          .as("seed %d batch %d", seed, i)
          .isLessThanOrEqualTo(Metering.kibUnpacked(batch));
    }
  }
}
