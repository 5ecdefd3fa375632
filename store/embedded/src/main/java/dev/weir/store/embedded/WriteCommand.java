// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.hot.ObjectBytes;
import java.io.IOException;
import java.time.Instant;
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
      Counts counts)
      implements WriteCommand {

    /** What was counted of the accepted points so far. */
    static final class Counts {
      private int repeated;
      private int magnetic;
    }

    /** What a number with its time takes while it waits; texts and sets of values take more. */
    static final int POINT_BYTES = 64;

    WritePoints(TableName table, PointBatch batch) {
      this(table, batch, new CompletableFuture<>(), new ArrayList<>(), new Counts());
    }

    /** In points; one with an object counts as so many as would take its memory. */
    @Override
    public int weight() {
      long weight = 1;
      for (int i = 0; i < batch.size(); i++) {
        MeasureType type = batch.type(i);
        boolean object = type == MeasureType.VARCHAR || type == MeasureType.MULTI;
        weight += object ? 1 + ObjectBytes.of(batch.measure(i)) / POINT_BYTES : 1;
      }
      return (int) Math.min(weight, Integer.MAX_VALUE);
    }

    void countRepeat() {
      counts.repeated++;
    }

    void countMagnetic() {
      counts.magnetic++;
    }

    void succeed() {
      done.complete(
          new WriteOutcome(
              batch.size() - rejections.size(), counts.repeated, counts.magnetic, rejections));
    }
  }

  /** A change of the catalog. */
  record Administer<T>(Decision<T> decision, CompletableFuture<T> done) implements WriteCommand {

    Administer(Decision<T> decision) {
      this(decision, new CompletableFuture<>());
    }

    @Override
    public int weight() {
      return 1;
    }

    /** Decides, makes the changes durable by the means that are handed in, and answers. */
    void run(StoreCatalog catalog, Instant now, Changes changes) throws IOException {
      Decided<T> decided = decision.decide(catalog, now);
      if (!decided.changes().isEmpty()) {
        changes.make(decided.changes());
      }
      done.complete(decided.result());
    }
  }

  /**
   * Looks at the catalog and says what is to be changed; throws a StoreException when it must not.
   * Runs in the committer, so nothing changes between the look and the deed.
   */
  @FunctionalInterface
  interface Decision<T> {
    Decided<T> decide(StoreCatalog catalog, Instant now);
  }

  /** Changes to make, and what the caller gets once they are durable. */
  record Decided<T>(List<CatalogChange> changes, T result) {}

  /** Makes changes durable, then effective. */
  @FunctionalInterface
  interface Changes {
    void make(List<CatalogChange> changes) throws IOException;
  }

  /** A new generation, whatever the size of the current one. */
  record Rotate(CompletableFuture<@Nullable Void> done) implements WriteCommand {
    @Override
    public int weight() {
      return 1;
    }
  }
}
