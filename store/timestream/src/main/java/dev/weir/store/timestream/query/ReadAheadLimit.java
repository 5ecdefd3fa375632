// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

/**
 * How much may be asked for ahead of those who read, by all queries of all stores that share it.
 * Where it is used up, pages are asked for when they are wanted, and nothing fails. Thread-safe.
 */
public final class ReadAheadLimit {

  /** Pages on their way or waiting to be taken: one for each query that is being read. */
  public static final int PAGES_MAX = 32;

  /** Bytes of those pages. */
  public static final long BYTES_MAX = 48L << 20;

  /** What a page counts for until its size is known: Timestream's pages have up to 1 MB. */
  static final int PAGE_BYTES = 1 << 20;

  private final int pagesMax;
  private final long bytesMax;
  private int pages;
  private long bytes;

  /** The limits of a process. */
  public ReadAheadLimit() {
    this(PAGES_MAX, BYTES_MAX);
  }

  ReadAheadLimit(int pagesMax, long bytesMax) {
    this.pagesMax = pagesMax;
    this.bytesMax = bytesMax;
  }

  /** Room for one more page, or null where there is none. */
  synchronized @org.jspecify.annotations.Nullable Room enter() {
    if (pages >= pagesMax || bytes + PAGE_BYTES > bytesMax) {
      return null;
    }
    pages++;
    bytes += PAGE_BYTES;
    return new Room();
  }

  /** Pages that have room now. */
  synchronized int pages() {
    return pages;
  }

  /** The room of a page. */
  final class Room {
    private long held = PAGE_BYTES;
    private boolean open = true;

    private Room() {}

    /** The page has arrived and has so many bytes. */
    void holds(long size) {
      synchronized (ReadAheadLimit.this) {
        if (open) {
          bytes += size - held;
          held = size;
        }
      }
    }

    /** The page was taken or dropped. May be said more than once. */
    void leave() {
      synchronized (ReadAheadLimit.this) {
        if (open) {
          open = false;
          pages--;
          bytes -= held;
        }
      }
    }
  }
}
