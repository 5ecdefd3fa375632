// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * A request body as a blocking stream. It copies once, from the network buffer to the reader's
 * array, and holds a sender to the limits: size, budget, silence, and speed over the time that was
 * spent waiting. Why it failed is kept, because the edge and not the reader decides the answer. For
 * one thread.
 */
final class BodyStream extends InputStream {

  /** Why a body can't be read to its end. */
  enum Failure {
    /** More bytes than the limit. */
    TOO_LARGE,
    /** Too many bodies at once; a repeat may succeed. */
    NO_ROOM,
    /** Silent, slow or cut off by us; a repeat may succeed. */
    SLOW,
    /** The sender went away early, or its framing is broken. */
    BROKEN
  }

  /** A body without a declared length takes its room in steps of this size. */
  private static final long STEP_BYTES = 256 * 1024;

  /** Where no length is declared a reader's array begins at this size. */
  private static final int FIRST_ARRAY_BYTES = 64 * 1024;

  private final Content.Source source;
  private final long declaredBytes;
  private final Limits limits;
  private final BodyBudget budget;
  private final Semaphore signal = new Semaphore(0);
  private final Invocable.Task onContent =
      Invocable.from(Invocable.InvocationType.NON_BLOCKING, signal::release);

  private Content.@Nullable Chunk chunk;
  private @Nullable Failure failure;
  private String problem = "";
  private boolean ended;
  private boolean skipping;
  private long receivedBytes;
  private long takenBytes;
  private long waitedNanos;
  private long silenceNanosMax;

  /** Takes no room before {@link #takeRoom} or the first bytes; {@link #release} gives all back. */
  BodyStream(Content.Source source, long declaredBytes, Limits limits, BodyBudget budget) {
    this.source = source;
    this.declaredBytes = declaredBytes;
    this.limits = limits;
    this.budget = budget;
    this.silenceNanosMax = limits.bodyTimeout().toNanos();
  }

  /** Takes the room for a declared body, or nothing and says no. */
  boolean takeRoom() {
    if (declaredBytes <= 0) {
      return true;
    }
    if (!budget.take(declaredBytes)) {
      return false;
    }
    takenBytes = declaredBytes;
    return true;
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** One line on the failure. */
  String problem() {
    return problem;
  }

  long receivedBytes() {
    return receivedBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer bytes = bytes();
    if (bytes == null) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  @Override
  public byte[] readNBytes(int most) throws IOException {
    long expected = declaredBytes < 0 ? FIRST_ARRAY_BYTES : declaredBytes - receivedBytes;
    byte[] all = new byte[(int) Math.min(most, Math.max(expected + heldBytes(), 0))];
    int filled = 0;
    while (filled < most) {
      if (filled == all.length) {
        int one = read();
        if (one < 0) {
          break;
        }
        all = Arrays.copyOf(all, (int) Math.min(most, Math.max(1024L, all.length * 2L)));
        all[filled++] = (byte) one;
        continue;
      }
      int count = read(all, filled, all.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
    }
    return filled == all.length ? all : Arrays.copyOf(all, filled);
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    return readNBytes(Integer.MAX_VALUE - 8);
  }

  /** Reads and forgets what is left, so that the answer is not lost in a reset connection. */
  void skipRest(long mostBytes, long mostNanos) {
    long end = System.nanoTime() + mostNanos;
    long stop = receivedBytes + mostBytes;
    skipping = true;
    silenceNanosMax = mostNanos;
    failure = null;
    release();
    try {
      while (bytes() != null) {
        releaseChunk();
        if (receivedBytes > stop || System.nanoTime() - end > 0) {
          return;
        }
      }
    } catch (IOException _) {
      // The answer was sent; what becomes of the rest does not matter.
    }
  }

  /** Whether the whole body was taken from the connection. */
  boolean ended() {
    return ended;
  }

  /** Gives buffers and room back. */
  void release() {
    releaseChunk();
    budget.giveBack(takenBytes);
    takenBytes = 0;
  }

  private long heldBytes() {
    return chunk == null ? 0 : chunk.getByteBuffer().remaining();
  }

  /** Bytes that are there, after waiting for them; null at the end. */
  private @Nullable ByteBuffer bytes() throws IOException {
    if (failure != null) {
      throw new IOException(problem);
    }
    while (chunk == null || !chunk.getByteBuffer().hasRemaining()) {
      if (chunk != null) {
        ended = ended || chunk.isLast();
        releaseChunk();
      }
      if (ended) {
        return null;
      }
      chunk = next();
      receivedBytes += chunk.getByteBuffer().remaining();
      judgeSize();
    }
    return chunk.getByteBuffer();
  }

  private Content.Chunk next() throws IOException {
    while (true) {
      Content.Chunk next = source.read();
      if (next == null) {
        await();
      } else if (Content.Chunk.isFailure(next)) {
        throw brokenOff(next.getFailure());
      } else {
        return next;
      }
    }
  }

  /**
   * Only what the sender did wrong is told as its fault: what we or a timeout cut off may be sent
   * again, and a sender drops what is answered 4xx.
   */
  private IOException brokenOff(Throwable cause) {
    boolean sendersFault =
        cause instanceof EofException || (cause instanceof HttpException e && e.getCode() < 500);
    return fail(
        sendersFault ? Failure.BROKEN : Failure.SLOW,
        "the body broke off after " + receivedBytes + declared() + " bytes");
  }

  private void await() throws IOException {
    long begin = System.nanoTime();
    source.demand(onContent);
    boolean came;
    try {
      came = signal.tryAcquire(silenceNanosMax, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      failure = Failure.NO_ROOM;
      problem = "the server is going down";
      throw new InterruptedIOException(problem);
    }
    waitedNanos += System.nanoTime() - begin;
    if (!came) {
      throw slow("the body fell silent for " + limits.bodyTimeout().toMillis() + " ms");
    }
    double graceNanos = limits.bodyGrace().toNanos();
    if (waitedNanos > graceNanos
        && receivedBytes < limits.bodyBytesPerSecond() * (waitedNanos / 1e9)) {
      throw slow("the body is slower than " + limits.bodyBytesPerSecond() + " bytes a second");
    }
  }

  private IOException slow(String why) {
    source.fail(new TimeoutException(why));
    return fail(Failure.SLOW, why);
  }

  private void judgeSize() throws IOException {
    if (skipping) {
      return;
    }
    if (receivedBytes > limits.bodyBytes()) {
      throw fail(
          Failure.TOO_LARGE, "the body is over the limit of " + limits.bodyBytes() + " bytes");
    }
    while (receivedBytes > takenBytes) {
      if (!budget.take(STEP_BYTES)) {
        throw fail(Failure.NO_ROOM, "too many request bodies at once");
      }
      takenBytes += STEP_BYTES;
    }
  }

  private IOException fail(Failure kind, String why) {
    failure = kind;
    problem = why;
    releaseChunk();
    return new IOException(why);
  }

  private String declared() {
    return declaredBytes < 0 ? "" : " of " + declaredBytes;
  }

  private void releaseChunk() {
    if (chunk != null) {
      chunk.release();
      chunk = null;
    }
  }
}
