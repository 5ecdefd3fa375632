// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.util.Locale;

/**
 * Why a request or a run failed: a closed set, told from causes and certificates, never from texts.
 */
public enum ErrorClass {
  NONE,
  DNS,
  CONNECT_REFUSED,
  CONNECT_TIMEOUT,
  /** Also not yet valid. */
  TLS_EXPIRED,
  TLS_UNTRUSTED,
  TLS_HOSTNAME,
  TLS_PROTOCOL,
  TIMEOUT,
  /** Also closed before any byte of the answer. */
  RESET,
  /** Shorter than announced, or without the last chunk. */
  TRUNCATED_BODY,
  TOO_MANY_REDIRECTS,
  /** Also a redirect without Location. */
  STATUS,
  /**
   * Closed inside the head, a bad chunk, corrupt compression, conflicting lengths, a redirect to
   * another scheme, an oversized head.
   */
  PROTOCOL,
  BODY_MISMATCH,
  BODY_TOO_LARGE,
  HEADER_MISMATCH,
  LATENCY,
  CERTIFICATE_DAYS,
  DNS_ANSWER,
  BLOCKED_ADDRESS;

  /** As records and JSON spell it: {@code connect_refused}. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
