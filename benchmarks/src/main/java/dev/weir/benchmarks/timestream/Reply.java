// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param body belongs to the reply; longer than {@code length} where it is a buffer
 * @param delayMillis how long after the request it is sent
 */
record Reply(int status, byte[] body, int length, int delayMillis) {

  Reply(int status, byte[] body, int delayMillis) {
    this(status, body, body.length, delayMillis);
  }

  static Reply json(String text) {
    return new Reply(200, text.getBytes(StandardCharsets.UTF_8), 0);
  }

  static Reply missing() {
    return new Reply(404, new byte[0], 0);
  }

  /** With the statuses that real traffic shows. */
  static Reply refused(String type, String message) {
    String escaped =
        message.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    String text = "{\"__type\":\"" + type + "\",\"Message\":\"" + escaped + "\"}";
    int status = type.equals("InternalServerException") ? 500 : 400;
    return new Reply(status, text.getBytes(StandardCharsets.UTF_8), 0);
  }
}
