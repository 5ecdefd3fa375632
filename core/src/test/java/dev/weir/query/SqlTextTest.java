// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTextTest {

  @Test
  void doublesTheQuotesInsideOfWhatItQuotes() {
    SqlText text =
        new SqlText()
            .raw("SELECT ")
            .identifier("a\"b")
            .raw(" FROM t WHERE x = ")
            .literal("'; DROP TABLE t; --")
            .raw(" AND y IN (")
            .literals(List.of("o'clock", "\\", "\"plain\""))
            .raw(") LIMIT ")
            .number(-1);
    assertThat(text)
        .hasToString(
            "SELECT \"a\"\"b\" FROM t WHERE x = '''; DROP TABLE t; --'"
                + " AND y IN ('o''clock', '\\', '\"plain\"') LIMIT -1");
    assertThat(text.length()).isEqualTo(text.toString().length());
  }
}
