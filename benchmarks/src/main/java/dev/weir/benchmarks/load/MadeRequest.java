// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.load;

/** A request like those of the load generator, for benches that need one. */
public final class MadeRequest {
  private static final long TIME_MILLIS = 1_767_225_600_000L; // 2026-01-01

  private MadeRequest() {}

  /** A write request as protobuf, not yet compressed; one sample in each of so many series. */
  public static byte[] unpacked(int samples) {
    RequestTemplate template = RequestTemplate.of(0, samples);
    MadeValues values = new MadeValues(samples);
    for (int series = 0; series < samples; series++) {
      template.patch(series, values.next(series), TIME_MILLIS);
    }
    return template.bytes();
  }
}
