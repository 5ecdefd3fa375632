// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

/**
 * How long the parts of one hop took, in nanoseconds by the monotonic clock; {@link #NOT_REACHED}
 * for a part that never began. A part that a timeout ended has the time that it had until then.
 *
 * @param dns finding the addresses; 0 for a literal
 * @param connect the TCP handshake, of all addresses that were tried
 * @param tls the TLS handshake
 * @param send writing the request
 * @param waiting from the request's last byte to the end of the final, non-1xx head
 * @param body from there to the body's end
 */
public record Phases(long dns, long connect, long tls, long send, long waiting, long body) {

  public static final long NOT_REACHED = -1;

  public static final Phases NONE =
      new Phases(NOT_REACHED, NOT_REACHED, NOT_REACHED, NOT_REACHED, NOT_REACHED, NOT_REACHED);

  /** Of all parts that were reached. */
  public long totalNanos() {
    return reached(dns)
        + reached(connect)
        + reached(tls)
        + reached(send)
        + reached(waiting)
        + reached(body);
  }

  private static long reached(long nanos) {
    return nanos == NOT_REACHED ? 0 : nanos;
  }
}
