// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes one request after the other until the connection breaks, and remembers which were
 * acknowledged. A cut request is never sent again, so that a half one would stay half. One thread
 * at a time.
 */
final class KillWriter {
  static final String METRIC = "kill_test";
  private static final int USUAL_PARTS = 40;

  /** Now and then a request that takes the store several pieces. */
  private static final int LARGE_EVERY = 25;

  private static final int LARGE_PARTS = 5_000;

  private final int number;
  private final long base;
  private final RemoteClient client;
  private final List<Boolean> acknowledged = new ArrayList<>();

  KillWriter(int number, long base, RemoteClient client) {
    this.number = number;
    this.base = base;
    this.client = client;
  }

  int number() {
    return number;
  }

  int sent() {
    return acknowledged.size();
  }

  int acknowledged() {
    return (int) acknowledged.stream().filter(done -> done).count();
  }

  int cut() {
    return sent() - acknowledged();
  }

  void writeUntilCut() {
    while (true) {
      int request = acknowledged.size();
      acknowledged.add(false);
      try {
        int status = client.write(body(request)).statusCode();
        if (status / 100 != 2 && status / 100 != 5) {
          throw new AssertionError("writer " + number + " was answered " + status);
        }
        acknowledged.set(request, status / 100 == 2);
      } catch (UncheckedIOException e) {
        return;
      }
    }
  }

  /** Writes so many requests, all of which must be acknowledged. */
  void write(int requests) {
    for (int request = 0; request < requests; request++) {
      acknowledged.add(true);
      assertThat(client.write(body(request)).statusCode()).isEqualTo(204);
    }
  }

  private byte[] body(int request) {
    WireWriter body = new WireWriter();
    for (int part = 0; part < parts(request); part++) {
      SortedMap<String, String> labels = new TreeMap<>();
      labels.put("__name__", METRIC);
      labels.put("part", Integer.toString(part));
      labels.put("writer", Integer.toString(number));
      body.series(labels, request, base + request);
    }
    return body.compressed();
  }

  private static int parts(int request) {
    return request % LARGE_EVERY == LARGE_EVERY - 1 ? LARGE_PARTS : USUAL_PARTS;
  }

  /** Takes how many samples of each request were found. */
  void check(int[] found) {
    for (int request = 0; request < found.length; request++) {
      boolean whole = found[request] == parts(request);
      boolean nothing = found[request] == 0;
      assertThat(whole || nothing && !acknowledged.get(request))
          .as(
              "writer %d, request %d of %d, acknowledged %s: %d of %d samples found",
              number, request, sent(), acknowledged.get(request), found[request], parts(request))
          .isTrue();
    }
  }
}
