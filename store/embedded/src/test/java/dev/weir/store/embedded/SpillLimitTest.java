// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Scope;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sort that needs more room than it may have ends, whatever the disk could hold. */
class SpillLimitTest {

  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void endsASortAtTheLimitAndGoesOn() {
    EmbeddedStoreOptions tight =
        EmbeddedStoreOptions.of(folder)
            .withLimits(limits -> limits.withMemory(96 * MEBIBYTE, 16 * MEBIBYTE));
    try (EmbeddedStore store = EmbeddedStore.open(tight)) {
      String sort =
          "SELECT x, y FROM UNNEST(sequence(1, 10000)) AS a(x)"
              + " CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) ORDER BY x * y % 1000003";

      assertThatThrownBy(() -> store.run(request(sort)))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isNotIn(Kind.TIMED_OUT, Kind.INTERNAL))
          .hasMessageNotContaining("temp");

      assertThat(store.run(request("SELECT 1")).page().rowCount()).isEqualTo(1);
    }
  }

  private static QueryRequest request(String sql) {
    return new QueryRequest(sql, Scope.all(), Instant.now().plusSeconds(120));
  }
}
