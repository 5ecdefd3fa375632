// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A result of 5 million rows, page by page: neither end keeps more than a page of it. */
class LargeResultIT {

  private static final int ROWS = 5_000_000;

  private static final String SQL =
      "SELECT x, y, CAST(x AS double) / 7 AS z FROM UNNEST(sequence(1, 5000)) AS a(x)"
          + " CROSS JOIN UNNEST(sequence(1, 1000)) AS b(y)";

  /** The same for the server whether it answers one row or 5 million; the heap is 512 MB of it. */
  private static final long SERVER_BYTES_MAX = 1L << 30;

  private static final long CLIENT_BYTES_MAX = 512L << 20;
  private static final int PAGE_BYTES_MAX = 1 << 20;

  @TempDir private Path folder;

  @Test
  void streamsFromEndToEndInConstantMemory() throws IOException {
    try (WeirProcess weir = WeirProcess.start(folder, "--doors=timestream,console");
        QueryProgram program =
            QueryProgram.start(
                folder, "--endpoint=http://" + weir.web().address(), "--format=csv", SQL)) {
      long clientPeak = 0;
      while (program.isAlive()) {
        clientPeak = Math.max(clientPeak, program.peakResidentBytes());
        Patience.pause(100);
      }
      assertThat(program.end().status()).isZero();
      assertThat(lines(program.output())).isEqualTo(ROWS + 1);
      assertThat(weir.process().peakResidentBytes()).isLessThan(SERVER_BYTES_MAX);
      assertThat(clientPeak).isPositive().isLessThan(CLIENT_BYTES_MAX);
      pagesKeepTheirSize(new WireApi(weir.web()));
    }
  }

  /** The first pages, as they stand on the wire. */
  private static void pagesKeepTheirSize(WireApi api) {
    String token = null;
    for (int i = 0; i < 4; i++) {
      JsonNode page = api.page(SQL, 0, token);
      assertThat(page.toString().length()).isLessThanOrEqualTo(PAGE_BYTES_MAX);
      token = page.path("NextToken").asString();
    }
    JsonNode small = api.page(SQL, 1_000, null);
    assertThat(small.path("Rows").size()).isLessThanOrEqualTo(1_000);
  }

  private static long lines(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return reader.lines().count();
    }
  }
}
