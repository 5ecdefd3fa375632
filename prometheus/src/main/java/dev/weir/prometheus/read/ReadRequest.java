// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.List;

/** A decoded remote read request. */
record ReadRequest(List<ReadQuery> queries, ResponseType responseType) {

  ReadRequest {
    queries = List.copyOf(queries);
  }

  /** How the answer is written. */
  enum ResponseType {
    SAMPLES,
    STREAMED_XOR_CHUNKS
  }
}
