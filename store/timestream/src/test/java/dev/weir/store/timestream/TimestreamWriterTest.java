// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Measure.Named;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.model.Record;
import software.amazon.awssdk.services.timestreamwrite.model.RecordsIngested;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecord;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecordsException;
import software.amazon.awssdk.services.timestreamwrite.model.ResourceNotFoundException;
import software.amazon.awssdk.services.timestreamwrite.model.ValidationException;
import software.amazon.awssdk.services.timestreamwrite.model.WriteRecordsRequest;
import software.amazon.awssdk.services.timestreamwrite.model.WriteRecordsResponse;

class TimestreamWriterTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final TableName TABLE = new TableName("weir", "contract");
  private static final Series UP = Series.of("up", List.of(new Dimension("host", "a")));

  /** Rejects values of -1, and calls with a value of -2 as a whole. */
  private static final class PickyClient implements TimestreamWriteClient {

    private final List<List<Record>> calls = new ArrayList<>();

    @Override
    public WriteRecordsResponse writeRecords(WriteRecordsRequest request) {
      List<Record> records = request.records();
      calls.add(records);
      if (records.stream().anyMatch(record -> "-2.0".equals(record.measureValue()))) {
        throw ValidationException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorMessage("Invalid record.").build())
            .build();
      }
      List<RejectedRecord> rejected =
          IntStream.range(0, records.size())
              .filter(i -> "-1.0".equals(records.get(i).measureValue()))
              .mapToObj(i ->
                  RejectedRecord.builder()
                      .recordIndex(i)
                      .reason("The record version 1 is lower than the existing version 9.")
                      .existingVersion(9L)
                      .build())
              .toList();
      if (!rejected.isEmpty()) {
        throw RejectedRecordsException.builder().rejectedRecords(rejected).build();
      }
      return WriteRecordsResponse.builder()
          .recordsIngested(RecordsIngested.builder().magneticStore(1).build())
          .build();
    }

    @Override
    public String serviceName() {
      return "timestream";
    }

    @Override
    public void close() {}
  }

  private final PickyClient client = new PickyClient();
  private final TimestreamWriter writer = new TimestreamWriter(client, InstantSource.fixed(NOW));

  @Test
  void sendsCallsOf100AndAddsThemUp() {
    WriteOutcome outcome = write(values(250));

    assertThat(client.calls).extracting(List::size).containsExactly(100, 100, 50);
    assertThat(outcome).isEqualTo(new WriteOutcome(250, 0, 3, List.of()));
  }

  @Test
  void countsRejectionsWithinTheBatch() {
    double[] values = values(250);
    values[3] = -1;
    values[100] = -1;
    values[249] = -1;

    WriteOutcome outcome = write(values);

    assertThat(outcome.accepted()).isEqualTo(247);
    assertThat(outcome.rejections()).extracting(Rejection::index).containsExactly(3, 100, 249);
    assertThat(outcome.rejections()).extracting(Rejection::existingVersion).containsOnly(9L);
  }

  @Test
  void findsTheRecordThatCondemnsACall() {
    double[] values = values(100);
    values[41] = -2;
    values[42] = -1;

    WriteOutcome outcome = write(values);

    assertThat(outcome.accepted()).isEqualTo(98);
    assertThat(outcome.rejections()).extracting(Rejection::index).containsExactly(41, 42);
    assertThat(outcome.rejections().getFirst().message()).isEqualTo("Invalid record.");
  }

  @Test
  void asksNothingForAnEmptyBatch() {
    assertThat(write()).isEqualTo(new WriteOutcome(0, 0, List.of()));
    assertThat(client.calls).isEmpty();
  }

  @Test
  void writesRecordsAsTimestreamReadsThem() {
    Measure multi =
        new Measure.OfMulti(
            List.of(
                new Named("up", new Measure.OfBoolean(true)),
                new Named("seen", new Measure.OfTimestamp(1_773_144_000_000_000_001L)),
                new Named("note", new Measure.OfVarchar("it's"))));
    PointBatch batch =
        PointBatch.of(
            List.of(
                new Point(UP, 1_773_144_000_000_000_007L, new Measure.OfDouble(0.1)),
                new Point(UP, 1, new Measure.OfBigint(Long.MIN_VALUE), 5),
                new Point(UP, 2, multi)));

    writer.write(TABLE, batch, NOW.plusSeconds(1));

    List<Record> sent = client.calls.getFirst();
    assertThat(sent.get(0).time()).isEqualTo("1773144000000000007");
    assertThat(sent.get(0).timeUnitAsString()).isEqualTo("NANOSECONDS");
    assertThat(sent.get(0).measureName()).isEqualTo("up");
    assertThat(sent.get(0).measureValue()).isEqualTo("0.1");
    assertThat(sent.get(0).dimensions().getFirst().value()).isEqualTo("a");
    assertThat(sent.get(1).measureValueTypeAsString()).isEqualTo("BIGINT");
    assertThat(sent.get(1).measureValue()).isEqualTo("-9223372036854775808");
    assertThat(sent.get(1).version()).isEqualTo(5);
    assertThat(sent.get(2).measureValueTypeAsString()).isEqualTo("MULTI");
    assertThat(sent.get(2).measureValue()).isNull();
    assertThat(sent.get(2).measureValues())
        .extracting(value -> value.name() + " " + value.typeAsString() + " " + value.value())
        .containsExactly(
            "up BOOLEAN true", "seen TIMESTAMP 1773144000000000001", "note VARCHAR it's");
  }

  @Test
  void aMissingTableIsNotFoundAndAPassedDeadlineNeverCalls() {
    TimestreamWriter nowhere =
        new TimestreamWriter(
            new TimestreamWriteClient() {
              @Override
              public WriteRecordsResponse writeRecords(WriteRecordsRequest request) {
                throw ResourceNotFoundException.builder()
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("ResourceNotFoundException").build())
                    .build();
              }

              @Override
              public String serviceName() {
                return "timestream";
              }

              @Override
              public void close() {}
            },
            InstantSource.fixed(NOW));
    PointBatch one = PointBatch.of(List.of(new Point(UP, 1, new Measure.OfDouble(1))));

    assertThatThrownBy(() -> nowhere.write(TABLE, one, NOW.plusSeconds(1)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    assertThatThrownBy(() -> writer.write(TABLE, one, NOW))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
    assertThat(client.calls).isEmpty();
  }

  private WriteOutcome write(double... values) {
    PointBatch.Builder batch = new PointBatch.Builder(values.length);
    for (int i = 0; i < values.length; i++) {
      batch.addDouble(UP, i, values[i]);
    }
    return writer.write(TABLE, batch.build(), NOW.plusSeconds(10));
  }

  private static double[] values(int count) {
    return IntStream.range(0, count).mapToDouble(i -> i).toArray();
  }
}
