// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.util.List;
import java.util.Map;

/** What came back, as far as expectations ask for it; it lives only until it is judged. */
public sealed interface Reply {

  /**
   * An HTTP answer.
   *
   * @param headers by lower-case name
   * @param wireBytes of the body as it was sent, -1 unknown
   * @param body unpacked, at most the check's limit
   */
  record Http(int status, Map<String, List<String>> headers, long wireBytes, byte[] body)
      implements Reply {}

  /** The answer of a DNS server: its response code and the answer records as texts. */
  record Dns(
      String responseCode, List<String> answers, int authorities, int additionals, long serial)
      implements Reply {}

  /** The conversation or handshake came to its end. */
  record Connection(Map<String, String> captured) implements Reply {}
}
