// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells one caller of changes, a line at a time, for a few minutes, and no longer than the caller
 * would be let in. Who reads slowly gets fewer lines, and in each the sites as they are then. One
 * thread writes it.
 */
final class ChangeStream implements Response.Streamed {

  /** Then the caller comes again, with whatever credentials hold by then. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  /** A line comes at least so often: so both ends know that the other is there. */
  static final Duration QUIET_MAX = Duration.ofSeconds(15);

  private final Board board;
  private final Caller caller;
  private final BooleanSupplier admitted;
  private final Optional<Long> since;
  private final InstantSource clock;
  private final Instant made;
  private final Consumer<ChangeStream> ended;
  private final BooleanSupplier closed;
  private volatile boolean begun;

  /**
   * A stream that nobody reads yet.
   *
   * @param since changes since then come first
   * @param closed whether all streams are to end
   */
  ChangeStream(
      Board board,
      ApiCall call,
      Optional<Long> since,
      InstantSource clock,
      Instant made,
      Consumer<ChangeStream> ended,
      BooleanSupplier closed) {
    this.board = board;
    this.caller = call.caller();
    this.admitted = call.admitted();
    this.since = since;
    this.clock = clock;
    this.made = made;
    this.ended = ended;
    this.closed = closed;
  }

  boolean isOf(Caller other) {
    return caller.name().equals(other.name());
  }

  boolean neverBegan(Instant now) {
    return !begun && now.isAfter(made.plus(ChangeStreams.BEGIN_MAX));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    begun = true;
    try {
      long known = board.version();
      Instant end = clock.instant().plus(LENGTH);
      long first = since.orElse(Long.MAX_VALUE);
      out.write(line(each -> each.changedMillis() >= first, each -> each.millis() >= first));
      out.flush();
      while (!closed.getAsBoolean()) {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative() || left.isZero()) {
          return;
        }
        Duration wait = left.compareTo(QUIET_MAX) < 0 ? left : QUIET_MAX;
        board.await(known, wait.toNanos(), closed);
        if (!admitted.getAsBoolean()) {
          return;
        }
        long now = board.version();
        long before = known;
        out.write(line(each -> each.version() > before, each -> each.version() > before));
        out.flush();
        known = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the stream was given up").initCause(e);
    } finally {
      ended.accept(this);
    }
  }

  /** Sites that changed while it is written may come again in the next line. */
  private byte[] line(Predicate<Published> items, Predicate<Board.Removal> removals) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes("{\"now_ms\":%d".formatted(clock.millis()).getBytes(US_ASCII));
    String before = ",\"items\":[";
    for (SitePicture picture : board.pictures()) {
      Published each = picture.published();
      if (each != null && items.test(each) && caller.sees(each.site().key().customer())) {
        line.writeBytes(before.getBytes(US_ASCII));
        line.writeBytes(each.json());
        before = ",";
      }
    }
    line.writeBytes((before.equals(",") ? "]" : "").getBytes(US_ASCII));
    before = ",\"removed\":[";
    for (Board.Removal each : board.removals()) {
      if (removals.test(each) && caller.sees(each.key().customer()) && board.isGone(each.key())) {
        line.writeBytes(before.getBytes(US_ASCII));
        // Keys need no escapes.
        line.writeBytes(
            "{\"customer\":\"%s\",\"id\":\"%s\"}"
                .formatted(each.key().customer(), each.key().id())
                .getBytes(US_ASCII));
        before = ",";
      }
    }
    line.writeBytes((before.equals(",") ? "]}\n" : "}\n").getBytes(US_ASCII));
    return line.toByteArray();
  }
}
