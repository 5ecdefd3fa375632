// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.List;

/**
 * One selector and its range, both ends inclusive.
 *
 * @param startMillis milliseconds since the epoch, as the client asked
 * @param endMillis may be before the start; nothing is found then
 */
record ReadQuery(long startMillis, long endMillis, List<LabelMatcher> matchers) {
  ReadQuery {
    matchers = List.copyOf(matchers);
  }
}
