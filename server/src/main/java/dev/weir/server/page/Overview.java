// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.page;

import static java.util.Objects.requireNonNull;

/**
 * How Weir is doing, for its page and for scripts.
 *
 * @param version of this Weir
 * @param ready whether it takes and gives samples
 * @param message one line on that
 * @param uptimeMillis since the start
 * @param samplesStored since the start
 * @param samplesPerSecond stored, over the last seconds; 0 where nobody looked lately
 * @param samplesRejected since the start
 * @param requests answered since the start
 * @param series in the store; 0 where that is not known
 * @param storeBytes sealed data and log
 * @param queuedPoints that wait for a commit
 */
public record Overview(
    String version,
    boolean ready,
    String message,
    long uptimeMillis,
    long samplesStored,
    double samplesPerSecond,
    long samplesRejected,
    long requests,
    long series,
    long storeBytes,
    long queuedPoints) {

  public Overview {
    requireNonNull(version, "version");
    requireNonNull(message, "message");
  }

  String json() {
    return "{\"version\":"
        + quoted(version)
        + ",\"ready\":"
        + ready
        + ",\"message\":"
        + quoted(message)
        + ",\"uptimeMillis\":"
        + uptimeMillis
        + ",\"samplesStored\":"
        + samplesStored
        + ",\"samplesPerSecond\":"
        + Math.round(samplesPerSecond)
        + ",\"samplesRejected\":"
        + samplesRejected
        + ",\"requests\":"
        + requests
        + ",\"series\":"
        + series
        + ",\"storeBytes\":"
        + storeBytes
        + ",\"queuedPoints\":"
        + queuedPoints
        + "}";
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
