// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Work for the committer; its future ends when the work is durable or refused. */
sealed interface WriteCommand {

  /** How much of the queue's room it takes. */
  int weight();

  /** Ends when the work is durable or refused, or when its caller no longer waits. */
  CompletableFuture<?> done();

  /** Ends the command with a failure, unless it has ended. */
  default void fail(RuntimeException failure) {
    done().completeExceptionally(failure);
  }

  /** Points for a table, and what becomes of them. */
  record WritePoints(
      TableName table,
      PointBatch batch,
      CompletableFuture<WriteOutcome> done,
      List<Rejection> rejections,
      int[] repeated)
      implements WriteCommand {

    /** Texts and sets of values take more memory than numbers. */
    private static final int OBJECT_WEIGHT = 16;

    WritePoints(TableName table, PointBatch batch) {
      this(table, batch, new CompletableFuture<>(), new ArrayList<>(), new int[1]);
    }

    @Override
    public int weight() {
      int weight = 1;
      for (int i = 0; i < batch.size(); i++) {
        MeasureType type = batch.type(i);
        boolean object = type == MeasureType.VARCHAR || type == MeasureType.MULTI;
        weight += object ? OBJECT_WEIGHT : 1;
      }
      return weight;
    }

    void countRepeat() {
      repeated[0]++;
    }

    void succeed() {
      done.complete(new WriteOutcome(batch.size() - rejections.size(), repeated[0], rejections));
    }
  }

  /** A table to make or to give other rules. */
  record PutTable(TableName table, TableRules rules, CompletableFuture<@Nullable Void> done)
      implements WriteCommand {
    @Override
    public int weight() {
      return 1;
    }
  }

  /** A new generation, whatever the size of the current one. */
  record Rotate(CompletableFuture<@Nullable Void> done) implements WriteCommand {
    @Override
    public int weight() {
      return 1;
    }
  }
}
