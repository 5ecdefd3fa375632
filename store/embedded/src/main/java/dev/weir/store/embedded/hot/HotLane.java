// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The unsealed rows of one table and lane in arrival order. The committer appends and publishes;
 * {@link #view} must be called under the lock that publishing is done under.
 */
public final class HotLane {

  private final Lane lane;
  // Copied when it grows; volatile, so that a reader sees filled what it sees at all.
  private volatile HotChunk[] chunks = {};
  private int rows;
  private int published;
  private long objectBytes;
  private long publishedObjectBytes;
  private boolean overwrites;

  HotLane(Lane lane) {
    this.lane = lane;
  }

  public Lane lane() {
    return lane;
  }

  /** Rows, those included that are not published yet. */
  public int rows() {
    return rows;
  }

  public int published() {
    return published;
  }

  /** About how many bytes the texts and MULTI values of the published rows take. */
  long objectBytes() {
    return publishedObjectBytes;
  }

  /** Adds a row; {@code time} is in the lane's units. */
  public void append(int series, long time, long bits, @Nullable Object object, long version) {
    int row = rows & (HotChunk.ROWS - 1);
    int at = rows >>> 14;
    HotChunk[] present = chunks;
    if (at == present.length) {
      // The first chunk of a lane begins small, the others are for lanes with many rows.
      present = Arrays.copyOf(present, at + 1);
      present[at] = new HotChunk(lane.holdsObjects(), at > 0);
      chunks = present;
    } else if (row == present[at].capacity()) {
      present = present.clone();
      present[at] = present[at].grow();
      chunks = present;
    }
    HotChunk chunk = present[at];
    chunk.series[row] = series;
    chunk.times[row] = time;
    if (chunk.bits != null) {
      chunk.bits[row] = bits;
    }
    if (chunk.objects != null) {
      chunk.objects[row] = object;
      objectBytes += ObjectBytes.of(object);
    }
    if (version != 1 || chunk.versions != null) {
      chunk.version(row, version);
      overwrites |= version != 1;
    }
    chunk.timeMin = Math.min(chunk.timeMin, time);
    chunk.timeMax = Math.max(chunk.timeMax, time);
    rows++;
  }

  /** The published rows that are not before a time, published. */
  HotLane since(long epochNanos) {
    long from = lane.unitsCeiling(epochNanos);
    if (Arrays.stream(chunks).noneMatch(chunk -> chunk.timeMin() < from)) {
      return this;
    }
    HotLane kept = new HotLane(lane);
    for (int at = 0; at < published; at++) {
      HotChunk chunk = chunks[at / HotChunk.ROWS];
      int row = at % HotChunk.ROWS;
      if (chunk.time(row) >= from) {
        kept.append(
            chunk.series(row),
            chunk.time(row),
            chunk.bits(row),
            chunk.object(row),
            chunk.version(row));
      }
    }
    kept.publish();
    return kept;
  }

  /** Makes all rows visible. */
  public void publish() {
    published = rows;
    publishedObjectBytes = objectBytes;
  }

  /** Forgets the rows that are not published. */
  public void rollback() {
    rows = published;
    objectBytes = publishedObjectBytes;
  }

  /** The published rows. */
  public LaneView view() {
    return view(published);
  }

  /** All rows, for the committer itself. */
  public LaneView unpublishedView() {
    return view(rows);
  }

  private LaneView view(int count) {
    int used = (count + HotChunk.ROWS - 1) >>> 14;
    return new LaneView(lane, Arrays.copyOf(chunks, used), count, overwrites);
  }
}
