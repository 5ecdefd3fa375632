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
   * @param bodyBytes of the body when it is unpacked
   * @param body unpacked, at most the check's limit; empty as soon as it is judged
   */
  record Http(
      int status, Map<String, List<String>> headers, long wireBytes, int bodyBytes, byte[] body)
      implements Reply {

    /** With its body. */
    public Http(int status, Map<String, List<String>> headers, long wireBytes, byte[] body) {
      this(status, headers, wireBytes, body.length, body);
    }

    Http withoutBody() {
      return new Http(status, headers, wireBytes, bodyBytes, new byte[0]);
    }
  }

  /** The answer of a DNS server: its response code and the answer records as texts. */
  record Dns(
      String responseCode, List<String> answers, int authorities, int additionals, long serial)
      implements Reply {}

  /** The conversation or handshake came to its end. */
  record Connection(Map<String, String> captured) implements Reply {}
}
