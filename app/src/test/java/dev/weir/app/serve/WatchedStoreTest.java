// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.TableName;
import dev.weir.store.timestream.TimestreamStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class WatchedStoreTest {

  private static final TableName TABLE = new TableName("metrics", "samples");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));

  @Test
  void asksPastWhatTheStoreRemembersWhereTheColumnsOfNowAreWanted() throws IOException {
    try (FakeTimestream timestream = new FakeTimestream();
        TimestreamStore store = TimestreamStore.open(timestream.endpoint(), CLOCK)) {
      timestream.answers(200, described("host"));
      WatchedStore watched = new WatchedStore(store, new UpstreamWarnings(CLOCK));
      assertThat(watched.describe(TABLE).orElseThrow().dimensionNames()).containsExactly("host");

      timestream.answers(200, described("zone"));

      assertThat(watched.describe(TABLE).orElseThrow().dimensionNames()).containsExactly("host");
      assertThat(watched.describeNow(TABLE).orElseThrow().dimensionNames()).containsExactly("zone");
      assertThat(timestream.seen()).hasSize(2);
    }
  }

  /** What DESCRIBE answers for a table with one dimension. */
  private static String described(String dimension) {
    String text = "{'Name':'%s','Type':{'ScalarType':'VARCHAR'}}";
    return """
    {'QueryId':'1','ColumnInfo':[%s,%s,%s],
    'Rows':[{'Data':[{'ScalarValue':'%s'},{'ScalarValue':'varchar'},
    {'ScalarValue':'DIMENSION'}]}]}\
    """
        .formatted(
            text.formatted("Column"),
            text.formatted("Type"),
            text.formatted("Timestream attribute type"),
            dimension);
  }
}
