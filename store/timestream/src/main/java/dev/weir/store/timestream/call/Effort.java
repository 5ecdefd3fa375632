// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

/**
 * How hard is tried.
 *
 * @param writeAttemptsMax how often a call of WriteRecords is made at most, the first included
 * @param readAttemptsMax the same for queries
 * @param writeCallsMax the most calls of WriteRecords at work at once for one set of credentials
 */
public record Effort(int writeAttemptsMax, int readAttemptsMax, int writeCallsMax) {

  public Effort {
    if (writeAttemptsMax < 1 || readAttemptsMax < 1 || writeCallsMax < 1) {
      throw new IllegalArgumentException("attempts and calls must be at least 1");
    }
  }

  int attemptsMax(Operation.Api api) {
    return switch (api) {
      case WRITE -> writeAttemptsMax;
      case QUERY -> readAttemptsMax;
    };
  }
}
