// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Names requests in logs and answers: a part that differs between starts, and a count. */
final class RequestIds {

  private final String start;
  private final AtomicInteger count = new AtomicInteger();

  RequestIds(RandomGenerator random) {
    start = HexFormat.of().toHexDigits(random.nextInt());
  }

  String next() {
    return start + "-" + HexFormat.of().toHexDigits(count.incrementAndGet());
  }
}
