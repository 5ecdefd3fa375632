// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.probe.PhaseClock.Part;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection over which HTTP/1.1 is spoken, by a client of our own: what a check has to tell
 * apart (closed before the answer or within its head, a body cut short, which part was late) is
 * hidden in the texts of exceptions by clients that are made for programs. Not thread-safe.
 */
final class Http1Connection implements HttpConnection {

  private final Wire wire;
  private final @Nullable Peer peer;
  private Phases opening;
  private boolean usable = true;

  /**
   * Over an open socket.
   *
   * @param opening what making the connection took; told of the first request only
   */
  Http1Connection(Socket socket, Phases opening, @Nullable Peer peer, long deadlineNanos)
      throws IOException {
    this.wire = new Wire(socket, new Deadline(deadlineNanos, 0, Duration.ZERO));
    this.opening = opening;
    this.peer = peer;
  }

  @Override
  public HopAnswer exchange(
      HttpRequest request,
      long bodyLimitBytes,
      Timeouts timeouts,
      boolean keepsConnection,
      long deadlineNanos) {
    PhaseClock clock = new PhaseClock(opening);
    opening = Phases.NONE;
    usable = false;
    String host = request.target().hostHeader();
    HttpHead head = null;
    try {
      clock.begin(Part.SEND);
      expect(
          timeouts.total(), timeouts, deadlineNanos, "%s did not take the request within %s", host);
      wire.write(request.bytes(keepsConnection));
      clock.begin(Part.WAITING);
      expect(timeouts.waiting(), timeouts, deadlineNanos, "%s did not answer within %s", host);
      head = HttpHead.read(wire);
      clock.begin(Part.BODY);
      expect(timeouts.body(), timeouts, deadlineNanos, "%s did not end the body within %s", host);
      HttpBody body = HttpBody.of(wire, head, request.method());
      byte[] bytes = Unpacking.read(body, head.words("content-encoding"), bodyLimitBytes);
      Hop hop = hop(request, clock.stop(), head);
      usable = keepsConnection && body.leavesConnection() && head.keepsConnection();
      return new HopAnswer(
          hop, null, new Reply.Http(head.status(), head.headers(), body.wireBytes(), bytes));
    } catch (Broken broken) {
      return new HopAnswer(hop(request, clock.stop(), head), broken.failure(), null);
    }
  }

  private void expect(
      Duration part, Timeouts timeouts, long deadlineNanos, String late, String host) {
    Deadline deadline = Deadline.of(part, timeouts.total(), deadlineNanos);
    wire.until(deadline, () -> late.formatted(host, deadline.limitText()));
  }

  private Hop hop(HttpRequest request, Phases phases, @Nullable HttpHead head) {
    return new Hop(
        request.target().toString(),
        phases,
        peer,
        head == null ? null : head.status(),
        head == null ? null : head.version());
  }

  @Override
  public boolean usable() {
    return usable;
  }

  @Override
  public void close() {
    wire.close();
  }
}
