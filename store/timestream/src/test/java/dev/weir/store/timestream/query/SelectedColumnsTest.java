// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static dev.weir.store.timestream.query.AnswerText.answer;
import static dev.weir.store.timestream.query.AnswerText.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.ValueType.Scalar;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.kit.ManualClock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What reading does with the rights that the AWS connector asks for, which lack DESCRIBE. */
class SelectedColumnsTest {

  private static final TableName TABLE = new TableName("weir", "a.b");
  private static final String VARCHAR = "{'ScalarType':'VARCHAR'}";
  private static final String DENIED =
      "User: x is not authorized to perform: timestream:DescribeTable on resource: y";

  private final ScriptedUpstream upstream = new ScriptedUpstream();
  private final TimestreamReader reader =
      new TimestreamReader(
          upstream,
          new ManualClock(Instant.parse("2026-03-10T12:00:00Z")),
          new Random(20_261_122),
          new ReadAheadLimit());

  @Test
  void tellsColumnsByAQueryWithoutRows() {
    upstream.refuses("AccessDeniedException", DENIED);
    upstream.answers(
        answer(
            String.join(
                ",",
                column("host", VARCHAR),
                column("measure_value", VARCHAR),
                column("measure_name", VARCHAR),
                column("time", "{'ScalarType':'TIMESTAMP'}"),
                column("measure_value::double", "{'ScalarType':'DOUBLE'}"),
                column("load", "{'ScalarType':'BIGINT'}")),
            ""));

    assertThat(reader.describe(TABLE).orElseThrow().columns())
        .containsExactly(
            new ColumnDescription("host", Scalar.VARCHAR, ColumnRole.DIMENSION),
            new ColumnDescription("measure_value", Scalar.VARCHAR, ColumnRole.DIMENSION),
            new ColumnDescription("measure_name", Scalar.VARCHAR, ColumnRole.MEASURE_NAME),
            new ColumnDescription("time", Scalar.TIMESTAMP, ColumnRole.TIMESTAMP),
            new ColumnDescription("measure_value::double", Scalar.DOUBLE, ColumnRole.MEASURE_VALUE),
            new ColumnDescription("load", Scalar.BIGINT, ColumnRole.MULTI));
    assertThat(upstream.calls.getLast().body())
        .contains("SELECT * FROM \\\"weir\\\".\\\"a.b\\\" WHERE time >= ago(1m) LIMIT 0");
    assertThat(reader.describe(TABLE)).isPresent();
    assertThat(reader.describeNow(TABLE)).isPresent();
    assertThat(upstream.calls).as("a selection is charged: its answer is kept").hasSize(2);
  }

  @Test
  void isEmptyWhereTheTableIsNotThere() {
    upstream.refuses("AccessDeniedException", DENIED);
    upstream.refuses("ValidationException", "line 1:15: Table 'weir.a.b' does not exist");
    assertThat(reader.describe(TABLE)).isEmpty();
  }

  @Test
  void doesNotAskAgainWithCredentialsThatAreWrong() {
    upstream.refuses("UnrecognizedClientException", "The security token is invalid.");
    assertThatThrownBy(() -> reader.describe(TABLE))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
    assertThat(upstream.calls).hasSize(1);
  }
}
