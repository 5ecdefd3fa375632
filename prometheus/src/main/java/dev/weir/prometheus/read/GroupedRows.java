// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.prometheus.MemoryBudget;
import dev.weir.prometheus.TimestreamNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the samples of all series of a query, in whatever order they come, until there are too
 * many. Labels are kept once a series and texts once; samples are two longs. Not thread-safe.
 */
final class GroupedRows implements TableReader.Rows {

  /** Two longs, and half of that again for arrays that grow. */
  private static final int SAMPLE_BYTES = 24;

  /** Maps, arrays and objects of a series, and the two references of a label. */
  private static final int SERIES_BYTES = 256;

  private static final int LABEL_BYTES = 16;

  /** An entry of the pool and its text, beside the characters. */
  private static final int TEXT_BYTES = 112;

  /** Memory is taken in steps of this size. */
  private static final int LEASE_BYTES = 64 * 1024;

  /** What the values of a row are. */
  enum Form {
    /** A time series of doubles. */
    FINITE,
    /** A time series of the bits of values. */
    BITS,
    /** One time and one value. */
    PLAIN
  }

  /** A series with what was found of it. */
  record Found(Labels labels, Samples finite, Samples bits) {

    /** Stands where a series was that is given away. */
    static final Found GIVEN =
        new Found(new Labels(new String[0], new String[0]), new Samples(), new Samples());
  }

  private final SeriesFilter filter;
  private final TableColumns columns;
  private final int seriesMax;
  private final int samplesMax;
  private final MemoryBudget.Lease lease;
  private final Map<Labels, Found> found = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private Form form = Form.FINITE;
  private long samples;
  private long bytes;
  private long leased;
  private boolean overflowed;

  GroupedRows(
      SeriesFilter filter,
      TableColumns columns,
      int seriesMax,
      int samplesMax,
      MemoryBudget.Lease lease) {
    this.filter = filter;
    this.columns = columns;
    this.seriesMax = seriesMax;
    this.samplesMax = samplesMax;
    this.lease = lease;
  }

  /** Says what the next rows are. */
  GroupedRows as(Form next) {
    form = next;
    return this;
  }

  @Override
  public void restart() {
    throw new IllegalStateException("rows of several statements are collected");
  }

  @Override
  public void accept(PageRows page) throws BadReadException {
    for (int row = 0; row < page.rowCount(); row++) {
      boolean bits = TimestreamNames.isBits(page.measure(row));
      if (form == (bits ? Form.FINITE : Form.BITS)) {
        // A name that a filter let through stands for the other kind of values.
        continue;
      }
      Labels labels = page.labels(row);
      Found series = found.get(labels);
      if (series == null) {
        if (!filter.matches(labels)) {
          continue;
        }
        series = add(labels);
      }
      Samples into = bits ? series.bits() : series.finite();
      int before = into.size();
      if (form == Form.PLAIN) {
        addPlain(into, page, row, bits);
      } else {
        into.addRow(page.value(), row);
      }
      samples += into.size() - before;
    }
    SeriesFilter.checkCount(found.size(), seriesMax);
    overflowed = samples > samplesMax || !isLeased();
  }

  /** The values stand in the order of their columns. */
  private void addPlain(Samples into, PageRows page, int row, boolean bits) {
    boolean exists = bits ? columns.hasBigints() : columns.hasDoubles();
    if (exists) {
      into.addScalar(page.value(0), page.value(bits && columns.hasDoubles() ? 2 : 1), row);
    }
  }

  private Found add(Labels labels) {
    bytes += SERIES_BYTES + (long) labels.size() * LABEL_BYTES;
    Labels own = labels.pooled(this::pooled);
    Found series = new Found(own, new Samples(), new Samples());
    found.put(own, series);
    return series;
  }

  private String pooled(String text) {
    String known = texts.putIfAbsent(text, text);
    if (known == null) {
      bytes += TEXT_BYTES + 2L * text.length();
    }
    return known == null ? text : known;
  }

  private boolean isLeased() {
    long missing = bytes + samples * SAMPLE_BYTES - leased;
    if (missing > 0) {
      long more = Math.ceilDiv(missing, LEASE_BYTES) * LEASE_BYTES;
      if (!lease.growNow(more)) {
        return false;
      }
      leased += more;
    }
    return true;
  }

  @Override
  public boolean wantsMore() {
    return !overflowed;
  }

  /** Whether there was more than may be held. */
  boolean overflowed() {
    return overflowed;
  }

  /** The series in Prometheus' order. */
  List<Found> sorted() {
    List<Found> series = new ArrayList<>(found.values());
    series.sort(Comparator.comparing(Found::labels));
    return series;
  }
}
