// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.model.PointBatch;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.model.Record;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecord;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecordsException;
import software.amazon.awssdk.services.timestreamwrite.model.ValidationException;
import software.amazon.awssdk.services.timestreamwrite.model.WriteRecordsRequest;
import software.amazon.awssdk.services.timestreamwrite.model.WriteRecordsResponse;

/**
 * Writes a batch in calls of 100 records, one after the other.
 *
 * <p>A ValidationException condemns a whole call without saying for which record. The call is then
 * halved until the record stands alone, so that one bad record does not hold up 99 good ones.
 * Timestream does not tell repeats from new points, so an outcome never counts any as repeated.
 */
final class TimestreamWriter implements PointWriter {

  /** Records in a call (AWS developer guide, "Quotas"). */
  private static final int RECORDS_MAX = 100;

  private final TimestreamWriteClient client;
  private final InstantSource clock;

  TimestreamWriter(TimestreamWriteClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    Progress progress = new Progress();
    for (int from = 0; from < batch.size(); from += RECORDS_MAX) {
      write(table, batch, from, Math.min(from + RECORDS_MAX, batch.size()), deadline, progress);
    }
    return progress.outcome();
  }

  private void write(
      TableName table, PointBatch batch, int from, int to, Instant deadline, Progress progress) {
    List<Record> records = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      records.add(Records.of(batch, i));
    }
    WriteRecordsRequest request =
        WriteRecordsRequest.builder()
            .databaseName(table.database())
            .tableName(table.table())
            .records(records)
            .overrideConfiguration(CallTime.until(deadline, clock))
            .build();
    try {
      progress.stored(to - from, client.writeRecords(request));
    } catch (RejectedRecordsException e) {
      progress.stored(to - from - e.rejectedRecords().size(), null);
      e.rejectedRecords().forEach(rejected -> progress.rejected(batch, from, rejected));
    } catch (ValidationException e) {
      if (to - from == 1) {
        String message = String.valueOf(Failures.of(e).getMessage());
        progress.rejected(
            batch, from, RejectedRecord.builder().recordIndex(0).reason(message).build());
      } else {
        int middle = (from + to) >>> 1;
        write(table, batch, from, middle, deadline, progress);
        write(table, batch, middle, to, deadline, progress);
      }
    } catch (SdkException e) {
      throw Failures.of(e);
    }
  }

  /** What has become of the batch so far. */
  private static final class Progress {

    private int accepted;
    private int magnetic;
    private final List<Rejection> rejections = new ArrayList<>();

    void stored(int records, @Nullable WriteRecordsResponse response) {
      accepted += records;
      if (response != null && response.recordsIngested() != null) {
        Integer older = response.recordsIngested().magneticStore();
        magnetic += older == null ? 0 : older;
      }
    }

    /** The index that Timestream names counts within the call. */
    void rejected(PointBatch batch, int from, RejectedRecord record) {
      int index = from + record.recordIndex();
      String reason = String.valueOf(record.reason());
      rejections.add(
          new Rejection(
              index,
              RejectionReasons.of(reason, batch.epochNanos(index)),
              reason,
              record.existingVersion()));
    }

    WriteOutcome outcome() {
      return new WriteOutcome(accepted, 0, magnetic, rejections);
    }
  }
}
