// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.model.PointBatch;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecord;
import software.amazon.awssdk.services.timestreamwrite.model.WriteRecordsResponse;

/** What has become of a batch so far. The class of a rejection is read from its text. */
final class Outcomes {

  private static final Pattern WINDOW = Pattern.compile("range \\[[^,]+, ([^)]+)\\) of the");

  private final PointBatch batch;
  private final List<Rejection> rejections = new ArrayList<>();
  private int accepted;
  private int magnetic;

  Outcomes(PointBatch batch) {
    this.batch = batch;
  }

  void stored(WriteRecordsResponse response) {
    accepted += response.recordsIngested().total();
    magnetic += response.recordsIngested().magneticStore();
  }

  /** Some records of a call, whose indexes count within the call; the others are stored. */
  void rejected(int from, int to, List<RejectedRecord> records) {
    accepted += to - from - records.size();
    records.forEach(
        record -> rejected(from + record.recordIndex(), record.reason(), record.existingVersion()));
  }

  void rejected(int index, String text, @Nullable Long existingVersion) {
    rejections.add(
        new Rejection(index, reason(text, batch.epochNanos(index)), text, existingVersion));
  }

  WriteOutcome outcome() {
    return new WriteOutcome(accepted, 0, magnetic, rejections);
  }

  private static Reason reason(String text, long epochNanos) {
    Matcher window = WINDOW.matcher(text);
    if (window.find()) {
      Instant end = Instant.parse(window.group(1));
      return Instant.ofEpochSecond(0, epochNanos).isBefore(end) ? Reason.TOO_OLD : Reason.TOO_NEW;
    }
    if (text.contains("record version") || text.contains("already exists with the same")) {
      return Reason.CONFLICT;
    }
    if (text.contains("value type") || text.contains("assigned type")) {
      return Reason.TYPE;
    }
    return text.contains("reserved") || text.contains("not allowed") ? Reason.NAME : Reason.LIMIT;
  }
}
