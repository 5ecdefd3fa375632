// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import dev.weir.model.PointBatch;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.WriteOutcome;
import dev.weir.store.timestream.call.UpstreamListener;
import dev.weir.store.timestream.packing.CallPacker;
import dev.weir.store.timestream.packing.PackedCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has become of a batch so far. Thread-safe. */
final class Progress {

  private final PointBatch batch;
  private final CallPacker.Packing packing;
  private final UpstreamListener listener;
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<Condemned> condemned = new ArrayList<>();
  private int magnetic;
  private int callsTaken;
  private @Nullable StoreException failure;

  Progress(PointBatch batch, CallPacker.Packing packing, UpstreamListener listener) {
    this.batch = batch;
    this.packing = packing;
    this.listener = listener;
  }

  /** All records of a call are stored. */
  void taken(PackedCall call, int older) {
    synchronized (this) {
      callsTaken++;
      magnetic += Math.clamp(older, 0, call.size());
    }
    listener.billed(call.billedKib());
  }

  /** All records of a call but some are stored; Timestream says nothing of older ones then. */
  void takenBut(PackedCall call, List<WriteAnswers.Rejected> rejected) {
    synchronized (this) {
      callsTaken++;
      for (WriteAnswers.Rejected one : rejected) {
        rejected(call.batchIndex(one.recordIndex()), one.reason(), one.existingVersion());
      }
    }
    if (rejected.size() < call.size()) {
      listener.billed(call.billedKib());
    }
  }

  synchronized void rejected(int index, String reason, @Nullable Long existingVersion) {
    rejections.add(
        new Rejection(
            index, RejectionReasons.of(reason, batch.epochNanos(index)), reason, existingVersion));
  }

  synchronized void condemned(Condemned call) {
    condemned.add(call);
  }

  /** Calls that were refused as a whole. */
  synchronized List<Condemned> condemned() {
    return List.copyOf(condemned);
  }

  /** How many calls Timestream has looked into and stored, wholly or but for some records. */
  synchronized int taken() {
    return callsTaken;
  }

  /** Keeps the failure that says most: what a person has to mend before what passes by itself. */
  synchronized void failed(StoreException other) {
    if (failure == null || weight(other) > weight(failure)) {
      failure = other;
    }
  }

  private static int weight(StoreException failure) {
    return switch (failure.kind()) {
      case CANCELLED -> 4;
      case DENIED, NOT_FOUND, WRONG_ENDPOINT -> 3;
      case THROTTLED, QUOTA -> 2;
      case TIMED_OUT, UNAVAILABLE, INTERNAL -> 1;
      // Not to be mended by a repeat: whatever may pass goes first.
      case BAD_REQUEST, CONFLICT -> 0;
    };
  }

  /** Whether calls that have not begun would fail as others did. */
  synchronized boolean isHopeless() {
    return failure != null && weight(failure) >= 3;
  }

  synchronized void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Once all calls have ended and none has failed. */
  synchronized WriteOutcome outcome() {
    return packing.outcome(magnetic, rejections);
  }
}
