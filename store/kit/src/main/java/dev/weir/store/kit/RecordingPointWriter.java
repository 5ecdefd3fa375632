// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A writer that keeps what it gets in memory, and answers what a test tells it to: by default that
 * everything is stored. Thread-safe.
 */
public final class RecordingPointWriter implements PointWriter {

  /** One call. */
  public record Call(TableName table, PointBatch batch, Instant deadline) {}

  private final List<Call> calls = new ArrayList<>();
  private final Deque<Object> answers = new ArrayDeque<>();

  /** Rejects these points of the next unanswered call. */
  public synchronized RecordingPointWriter rejectNext(List<Rejection> rejections) {
    answers.add(List.copyOf(rejections));
    return this;
  }

  /** Fails the next unanswered call; its points are not kept. */
  public synchronized RecordingPointWriter failNext(StoreException failure) {
    answers.add(failure);
    return this;
  }

  @Override
  public synchronized WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    Object answer = answers.poll();
    if (answer instanceof StoreException failure) {
      throw failure;
    }
    calls.add(new Call(table, batch, deadline));
    List<Rejection> rejections = new ArrayList<>();
    if (answer instanceof List<?> list) {
      list.forEach(rejection -> rejections.add((Rejection) rejection));
    }
    return new WriteOutcome(batch.size() - rejections.size(), 0, rejections);
  }

  /** All calls that were answered without an exception, in order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** All points of all those calls, in order. */
  public synchronized List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (Call call : calls) {
      for (int i = 0; i < call.batch().size(); i++) {
        points.add(call.batch().point(i));
      }
    }
    return points;
  }
}
