// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More new series than memory has room for: they are refused, known ones go on. */
class FloodIT {
  private static final long MEMORY_LIMIT_BYTES = 1L << 30;
  private static final int REQUESTS = 10;
  private static final int SERIES = 20_000;
  private static final int LABELS = 10;
  private static final String FILLER = "x".repeat(60);

  @TempDir Path folder;

  @Test
  void survivesMoreNewSeriesThanItHasRoomFor() {
    try (WeirProcess weir = WeirProcess.start(folder)) {
      RemoteClient client = new RemoteClient(weir.web());
      assertThat(write(client, known(1))).isEqualTo(204);
      List<Integer> statuses = new ArrayList<>();
      for (int request = 0; request < REQUESTS; request++) {
        statuses.add(write(client, newSeries(request)));
        assertThat(write(client, known(request + 2))).as("statuses " + statuses).isEqualTo(204);
      }
      System.out.println("statuses of requests with new series: " + statuses);
      assertThat(statuses).isSubsetOf(204, 400, 413, 503);
      assertThat(weir.process().isAlive()).isTrue();
      assertThat(weir.process().peakResidentBytes()).isLessThan(MEMORY_LIMIT_BYTES);
    }
  }

  private static int write(RemoteClient client, byte[] body) {
    HttpResponse<byte[]> response = client.write(body);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("Exception");
    return response.statusCode();
  }

  private static byte[] known(int value) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("__name__", "known");
    return new WireWriter().series(labels, value, System.currentTimeMillis()).compressed();
  }

  private static byte[] newSeries(int request) {
    WireWriter body = new WireWriter();
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("__name__", "flood");
    for (int series = 0; series < SERIES; series++) {
      for (int label = 0; label < LABELS; label++) {
        labels.put("label" + label, FILLER + (request * SERIES + series) * 10L + label);
      }
      body.series(labels, 1, System.currentTimeMillis());
    }
    return body.compressed();
  }
}
