// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import dev.weir.model.PointBatch;
import dev.weir.store.PointWriter;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.timestream.call.Answer;
import dev.weir.store.timestream.call.Failures;
import dev.weir.store.timestream.call.Operation;
import dev.weir.store.timestream.call.Upstream;
import dev.weir.store.timestream.call.UpstreamListener;
import dev.weir.store.timestream.packing.CallPacker;
import dev.weir.store.timestream.packing.PackedCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes a batch in packed calls, all of them side by side; how many are at work is for the
 * upstream to limit. Thread-safe.
 *
 * <p>A ValidationException condemns a whole call without saying for which record. The call is then
 * halved until the record stands alone, so that one bad record costs one record. That is done when
 * all calls have ended and none has failed in a way that may pass: then the sender repeats the
 * batch anyway. Calls that are refused alike down to their single records speak of something else
 * than records; see {@link #blamesEverything}.
 *
 * <p>Timestream does not tell repeats from new points, so an outcome never counts any as repeated.
 */
public final class TimestreamWriter implements PointWriter {

  /** Calls of one batch at work at once: a batch of the largest size has thousands. */
  static final int SIDE_BY_SIDE_MAX = 128;

  private final Upstream upstream;
  private final UpstreamListener listener;

  /**
   * A writer with one set of credentials.
   *
   * @param upstream repeats and limits calls itself
   */
  public TimestreamWriter(Upstream upstream, UpstreamListener listener) {
    this.upstream = upstream;
    this.listener = listener;
  }

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    CallPacker.Packing packing = CallPacker.pack(table, batch);
    Progress progress = new Progress(batch, packing, listener);
    run(packing.calls(), progress, call -> send(call, deadline, progress));
    List<Condemned> condemned = progress.condemned();
    if (!condemned.isEmpty()) {
      if (progress.taken() == 0 && blamesEverything(condemned, deadline)) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "Timestream refuses all calls alike, down to single records: %s; nothing is given up,"
                    .formatted(condemned.getFirst().text())
                + " since that is hardly the records' fault");
      }
      run(condemned, progress, of -> search(of, deadline, progress));
    }
    return progress.outcome();
  }

  private interface Work<T> {
    void on(T each);
  }

  private static <T> void run(List<T> all, Progress progress, Work<T> work) {
    SideBySide.run(
        all.size(),
        SIDE_BY_SIDE_MAX,
        i -> {
          // What a person has to mend first fails all calls that are left in the same way.
          if (!progress.isHopeless()) {
            try {
              work.on(all.get(i));
            } catch (StoreException e) {
              progress.failed(e);
            }
          }
        });
    progress.throwIfFailed();
  }

  private void send(PackedCall call, Instant deadline, Progress progress) {
    attempt(call, deadline, progress)
        .ifPresent(text -> progress.condemned(new Condemned(call, text)));
  }

  /** Finds the bad records of a call, depth first: at most two calls for each record. */
  private void search(Condemned of, Instant deadline, Progress progress) {
    if (of.call().size() == 1) {
      progress.rejected(of.call().batchIndex(0), of.text(), null);
      return;
    }
    for (PackedCall half : of.call().halves()) {
      attempt(half, deadline, progress)
          .ifPresent(text -> search(new Condemned(half, text), deadline, progress));
    }
  }

  /** Makes a call; a text where Timestream refuses it without saying for which record. */
  private Optional<String> attempt(PackedCall call, Instant deadline, Progress progress) {
    return switch (upstream.call(Operation.WRITE_RECORDS, call.body(), deadline)) {
      case Answer.Done(byte[] body) -> {
        progress.taken(call, WriteAnswers.magnetic(body));
        yield Optional.empty();
      }
      case Answer.Refused refused -> {
        if (refused.errorType().equals("RejectedRecordsException")) {
          List<WriteAnswers.Rejected> rejected = WriteAnswers.rejected(refused, call.size());
          if (!rejected.isEmpty()) {
            progress.takenBut(call, rejected);
            yield Optional.empty();
          }
        }
        yield Optional.of(refusal(refused));
      }
    };
  }

  /** The words of a refusal for good; one that may pass is thrown. */
  private static String refusal(Answer.Refused refused) {
    StoreException failure = Failures.of(refused);
    if (failure.kind() == Kind.CONFLICT) {
      // No answer of WriteRecords' (AWS API reference): whatever it means, it may pass.
      throw new StoreException(Kind.UNAVAILABLE, refused.errorType() + ": " + failure.getMessage());
    }
    if (failure.kind() != Kind.BAD_REQUEST) {
      throw failure;
    }
    return String.valueOf(failure.getMessage());
  }

  /**
   * Whether it is not single records that Timestream refuses. Where several calls were refused in
   * the same words, and nothing of the batch was taken, the outermost records of the first and the
   * last call are tried alone. If all four are refused in those words too, then whatever it is lies
   * with the request, or the batch is bad throughout: searching on would take two calls for each
   * record, and end by giving up good ones for a fault that someone may mend. A batch of one call
   * is searched at once.
   */
  private boolean blamesEverything(List<Condemned> condemned, Instant deadline) {
    String text = condemned.getFirst().text();
    if (condemned.size() < 2 || !condemned.stream().allMatch(of -> of.text().equals(text))) {
      return false;
    }
    for (Condemned of : List.of(condemned.getFirst(), condemned.getLast())) {
      for (int side : new int[] {0, 1}) {
        PackedCall one = of.call();
        while (one.size() > 1) {
          one = one.halves().get(side);
        }
        switch (upstream.call(Operation.WRITE_RECORDS, one.body(), deadline)) {
          case Answer.Done _ -> {
            // The search writes it again, and counts it then; Timestream bills both.
            listener.billed(one.billedKib());
            return false;
          }
          case Answer.Refused refused -> {
            if (!refusal(refused).equals(text)) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }
}
