// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.query.SeriesPlan.Output;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link SeriesPlan}. Small results are read in one go; of large ones the rows are counted
 * first, and then read a page at a time, so that memory holds one page.
 */
final class SeriesExecution {

  /** Samples in one page: 16 MB of times and values. */
  static final int PAGE_SAMPLES = 1_000_000;

  private static final int PAGE_SERIES = 20_000;

  private final ReadContext context;
  private final SeriesPlan plan;
  private final StoredTable table;
  private final SeriesIndex index;
  private final int pageSeries;
  private final Set<MeasureType> sampleTypes = EnumSet.noneOf(MeasureType.class);

  SeriesExecution(
      ReadContext context, SeriesPlan plan, StoredTable table, SeriesIndex index, int rowsMax) {
    this.context = context;
    this.plan = plan;
    this.table = table;
    this.index = index;
    this.pageSeries = rowsMax == 0 ? PAGE_SERIES : Math.min(rowsMax, PAGE_SERIES);
    for (Output output : plan.outputs()) {
      if (output instanceof SeriesPlan.Samples samples) {
        sampleTypes.add(samples.type());
      }
    }
  }

  void run(PageSink sink) throws SQLException {
    int seriesCount = index.size();
    SeriesChoice choice = SeriesChoice.of(plan, table, index);
    Facts facts = new Facts(choice.numbers().length);
    if (sampleTypes.isEmpty()) {
      count(scan(choice, seriesCount), facts);
      pages(choice, facts, null, sink);
      return;
    }
    SeriesScan scan = scan(choice, seriesCount);
    RowBuffer rows = new RowBuffer();
    boolean small =
        scan.read(
            sampleTypes,
            true,
            (ordinal, nanos, bits, version) -> {
              rows.add(ordinal, nanos, bits, version);
              return rows.size() <= PAGE_SAMPLES;
            });
    if (small && choice.numbers().length <= pageSeries) {
      RowBuffer.Sorted sorted = rows.sorted(choice.numbers().length);
      facts.note(sorted);
      countOthers(scan, facts, choice);
      pages(choice, facts, sorted, sink);
    } else {
      large(choice, seriesCount, sink);
    }
  }

  /** What is known of each chosen series. */
  private record Facts(long[] counts, long[] first, long[] last) {
    Facts(int size) {
      this(new long[size], new long[size], new long[size]);
      Arrays.fill(first, Long.MAX_VALUE);
      Arrays.fill(last, Long.MIN_VALUE);
    }

    void note(RowBuffer.Sorted sorted) {
      for (int i = 0; i < counts.length; i++) {
        int start = sorted.offsets()[i];
        int end = sorted.offsets()[i + 1];
        if (start < end) {
          counts[i] = (long) end - start;
          first[i] = sorted.nanos()[start];
          last[i] = sorted.nanos()[end - 1];
        }
      }
    }

    Facts slice(int start, int end) {
      return new Facts(
          Arrays.copyOfRange(counts, start, end),
          Arrays.copyOfRange(first, start, end),
          Arrays.copyOfRange(last, start, end));
    }
  }

  private SeriesScan scan(SeriesChoice choice, int seriesCount) {
    return new SeriesScan(context, table.id(), plan.range(), choice, seriesCount);
  }

  private void count(SeriesScan scan, Facts facts) throws SQLException {
    if (!scan.hasOverwrites()) {
      scan.count(facts.counts, facts.first, facts.last);
      return;
    }
    RowBuffer rows = new RowBuffer();
    scan.read(
        EnumSet.allOf(MeasureType.class),
        false,
        (ordinal, nanos, bits, version) -> {
          rows.add(ordinal, nanos, bits, version);
          return true;
        });
    facts.note(rows.sorted(facts.counts.length));
  }

  /** A series of another type than those asked for is a row of the result all the same. */
  private void countOthers(SeriesScan scan, Facts facts, SeriesChoice choice) throws SQLException {
    boolean others =
        choice.measures().stream().anyMatch(part -> !sampleTypes.contains(part.measure().type()));
    if (others) {
      Facts all = new Facts(facts.counts.length);
      count(scan, all);
      System.arraycopy(all.counts, 0, facts.counts, 0, facts.counts.length);
      System.arraycopy(all.first, 0, facts.first, 0, facts.first.length);
      System.arraycopy(all.last, 0, facts.last, 0, facts.last.length);
    }
  }

  private void large(SeriesChoice choice, int seriesCount, PageSink sink) throws SQLException {
    Facts facts = new Facts(choice.numbers().length);
    count(scan(choice, seriesCount), facts);
    for (int start = 0; start < choice.numbers().length; ) {
      int end = start;
      long samples = 0;
      int rows = 0;
      while (end < choice.numbers().length
          && (rows == 0 || samples + facts.counts[end] <= PAGE_SAMPLES)
          && rows < pageSeries) {
        samples += facts.counts[end];
        rows += facts.counts[end] > 0 ? 1 : 0;
        end++;
      }
      SeriesChoice slice = choice.slice(start, end);
      RowBuffer buffer = new RowBuffer();
      scan(slice, seriesCount)
          .read(
              sampleTypes,
              true,
              (ordinal, nanos, bits, version) -> {
                buffer.add(ordinal, nanos, bits, version);
                return true;
              });
      pages(slice, facts.slice(start, end), buffer.sorted(end - start), sink);
      start = end;
    }
  }

  private void pages(
      SeriesChoice choice, Facts facts, RowBuffer.@Nullable Sorted samples, PageSink sink) {
    int[] rows = new int[choice.numbers().length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      if (facts.counts[i] > 0) {
        rows[count++] = i;
      }
    }
    for (int start = 0; start < count; start += pageSeries) {
      int end = Math.min(count, start + pageSeries);
      int[] some = Arrays.copyOfRange(rows, start, end);
      List<Column> columns = new ArrayList<>();
      for (Output output : plan.outputs()) {
        columns.add(column(output, choice, some, facts, samples));
      }
      sink.page(new ResultPage(columns, some.length));
    }
  }

  private Column column(
      Output output,
      SeriesChoice choice,
      int[] rows,
      Facts facts,
      RowBuffer.@Nullable Sorted samples) {
    return switch (output) {
      case SeriesPlan.Label label ->
          new Column(label.name(), Scalar.VARCHAR, labels(label, choice, rows));
      case SeriesPlan.Count count ->
          new Column(count.name(), Scalar.BIGINT, longs(facts.counts, rows));
      case SeriesPlan.Edge edge ->
          new Column(
              edge.name(), Scalar.TIMESTAMP, longs(edge.last() ? facts.last : facts.first, rows));
      case SeriesPlan.Samples of ->
          new Column(
              of.name(),
              new ValueType.TimeSeriesOf(StoreCatalog.valueType(of.type())),
              samples == null
                  ? new ColumnVector.AllNull(rows.length)
                  : series(of.type(), choice, rows, samples));
    };
  }

  private ColumnVector labels(SeriesPlan.Label label, SeriesChoice choice, int[] rows) {
    Map<String, Integer> codes = new HashMap<>();
    List<String> dictionary = new ArrayList<>();
    int[] values = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Series series = index.series(choice.numbers()[rows[i]]);
      String value = label.getter().of(series);
      values[i] =
          value == null
              ? -1
              : codes.computeIfAbsent(
                  value,
                  added -> {
                    dictionary.add(added);
                    return dictionary.size() - 1;
                  });
    }
    return new ColumnVector.Strings(values, dictionary.toArray(String[]::new));
  }

  private static ColumnVector longs(long[] from, int[] rows) {
    long[] values = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = from[rows[i]];
    }
    return new ColumnVector.Longs(values, null);
  }

  private ColumnVector series(
      MeasureType type, SeriesChoice choice, int[] rows, RowBuffer.Sorted samples) {
    int[] offsets = new int[rows.length + 1];
    BitSet nulls = new BitSet();
    for (int i = 0; i < rows.length; i++) {
      boolean ours = index.measure(choice.numbers()[rows[i]]).type() == type;
      nulls.set(i, !ours);
      int length = samples.offsets()[rows[i] + 1] - samples.offsets()[rows[i]];
      offsets[i + 1] = offsets[i] + (ours ? length : 0);
    }
    long[] nanos = new long[offsets[rows.length]];
    long[] bits = new long[nanos.length];
    for (int i = 0; i < rows.length; i++) {
      int length = offsets[i + 1] - offsets[i];
      System.arraycopy(samples.nanos(), samples.offsets()[rows[i]], nanos, offsets[i], length);
      System.arraycopy(samples.bits(), samples.offsets()[rows[i]], bits, offsets[i], length);
    }
    return new ColumnVector.TimeSeries(
        offsets, nanos, values(type, bits), nulls.isEmpty() ? null : nulls);
  }

  private static ColumnVector values(MeasureType type, long[] bits) {
    return switch (type) {
      case DOUBLE -> {
        double[] values = new double[bits.length];
        for (int i = 0; i < bits.length; i++) {
          values[i] = Double.longBitsToDouble(bits[i]);
        }
        yield new ColumnVector.Doubles(values, null);
      }
      case BIGINT -> new ColumnVector.Longs(bits, null);
      case BOOLEAN -> {
        boolean[] values = new boolean[bits.length];
        for (int i = 0; i < bits.length; i++) {
          values[i] = bits[i] != 0;
        }
        yield new ColumnVector.Booleans(values, null);
      }
      case VARCHAR, MULTI, TIMESTAMP -> throw new IllegalStateException(type + " has no bits");
    };
  }
}
