// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.prometheus.MemoryBudget;
import dev.weir.prometheus.TimestreamNames;
import dev.weir.prometheus.read.Conditions.Values;
import dev.weir.prometheus.read.GroupedRows.Form;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the samples of a query with as few statements as there can be, then gives the series in
 * order. Not thread-safe.
 *
 * <p>What a statement asks for depends on what is in the table: which dimensions a metric has, and
 * whether it has bits. Both may be remembered, and may change while a statement runs. A series with
 * a dimension that was not asked for would be taken for another, so the catalog is asked again
 * behind every statement, and where it then says more the statement is run again.
 */
final class GroupedCursor implements PartCursor {

  /** How often a query is run because columns, or the length of rows, were not as expected. */
  private static final int ATTEMPTS_MAX = 12;

  /** How often of these because of columns. */
  private static final int LOOKS_MAX = 4;

  /** How much is given at one time: what is given is encoded before the next is sorted out. */
  private static final int PART_SAMPLES = 64 * 1024;

  private static final int PART_SERIES = 1_024;

  private final ReadQuery query;
  private final TableReader table;
  private final RemoteReadOptions options;
  private final ReadPlan.Grouped plan;
  private final LearnedMetrics learned;
  private final MemoryBudget.Lease lease;
  private final @Nullable String metric;
  private final RowSpan span;

  /** Whether the columns that were looked at last are those that there are now. */
  private boolean current;

  /** Whether the store may be asked for measures; not again where it has refused to tell. */
  private boolean tellsMeasures;

  private @Nullable List<GroupedRows.Found> found;
  private @Nullable SliceCursor slices;
  private int next;

  GroupedCursor(
      ReadQuery query,
      TableReader table,
      RemoteReadOptions options,
      ReadPlan.Grouped plan,
      LearnedMetrics learned,
      MemoryBudget.Lease lease) {
    this.query = query;
    this.table = table;
    this.options = options;
    this.plan = plan;
    this.learned = learned;
    this.lease = lease;
    this.metric = metric(query);
    this.tellsMeasures = metric != null;
    this.span = RowSpan.of(learned.spanMillis(key(), plan.rowSpan().toMillis()));
  }

  @Override
  public @Nullable List<SeriesPart> next() throws BadReadException {
    if (found == null && slices == null) {
      collect();
    }
    if (slices != null) {
      return slices.next();
    }
    List<GroupedRows.Found> series = found;
    return series == null || next == series.size() ? null : some(series);
  }

  @Override
  public boolean exhausted() {
    return slices != null ? slices.exhausted() : found != null && next == found.size();
  }

  private List<SeriesPart> some(List<GroupedRows.Found> series) {
    List<SeriesPart> parts = new ArrayList<>();
    long samples = 0;
    while (next < series.size() && samples < PART_SAMPLES && parts.size() < PART_SERIES) {
      GroupedRows.Found one = series.get(next);
      one.finite().settle();
      one.bits().settle();
      Samples merged = Samples.merge(one.finite(), one.bits());
      samples += merged.size();
      parts.add(new SeriesPart(one.labels(), merged, false));
      series.set(next++, GroupedRows.Found.GIVEN);
    }
    if (next == series.size()) {
      lease.close();
    }
    return parts;
  }

  /** What became of one run of a query. */
  private enum Attempt {
    /** There is an answer, or slices that make one. */
    DONE,
    /** There is an answer if the columns still are those that were asked for. */
    UNCHECKED,
    /** The columns are not those that were asked for. */
    STALE,
    /** A row was too large; the next will be shorter. */
    ROW_TOO_LARGE
  }

  private void collect() throws BadReadException {
    if (query.isEmpty()) {
      found = List.of();
      return;
    }
    MeasureColumns asked = metric == null ? null : learned.columns(metric);
    if (asked == null) {
      asked = look(false);
    }
    int looks = 0;
    for (int i = 0; i < ATTEMPTS_MAX && looks < LOOKS_MAX; i++) {
      Attempt made = attempt(asked);
      if (made == Attempt.DONE) {
        return;
      }
      if (made != Attempt.ROW_TOO_LARGE) {
        MeasureColumns now = look(true);
        if (made == Attempt.UNCHECKED && asked.cover(now)) {
          remember(now);
          return;
        }
        asked = now;
        looks++;
      }
      found = null;
      lease.close();
    }
    throw new StoreException(
        Kind.UNAVAILABLE,
        "table %s was not what its catalog said each time that it was read; try again"
            .formatted(table.table()));
  }

  private Attempt attempt(MeasureColumns asked) throws BadReadException {
    if (asked.isEmpty() || Conditions.of(query.matchers(), asked.columns(), Values.ALL) == null) {
      found = List.of();
      return current ? Attempt.DONE : Attempt.STALE;
    }
    GroupedRows rows =
        new GroupedRows(
            new SeriesFilter(query.matchers(), table),
            asked.columns(),
            options.seriesMax(),
            plan.samplesMax(),
            lease);
    try {
      run(asked, rows);
    } catch (StoreException failure) {
      return judge(failure);
    }
    if (rows.overflowed()) {
      lease.close();
      Listing listing = Listing.of(query, table, options.seriesMax());
      slices = new SliceCursor(table, listing, options, span);
      return Attempt.DONE;
    }
    found = rows.sorted();
    return Attempt.UNCHECKED;
  }

  /** What a failure asks for; thrown where that is nothing. */
  private Attempt judge(StoreException failure) {
    boolean tooLarge = failure.detail().filter(Detail.ROW_TOO_LARGE::equals).isPresent();
    if (tooLarge && span.narrow(query.firstMillis(), query.lastMillis())) {
      learned.remember(key(), span.millis());
      return Attempt.ROW_TOO_LARGE;
    }
    boolean fromMemory = !current && failure.kind() == Kind.BAD_REQUEST && !tooLarge;
    if (fromMemory || TableReader.isUnknown(failure)) {
      return Attempt.STALE;
    }
    throw failure;
  }

  private void run(MeasureColumns asked, GroupedRows rows) throws BadReadException {
    TableColumns columns = asked.columns();
    Statements statements = new Statements(table.table(), columns);
    if (query.lastMillis() - query.firstMillis() < plan.singleSpan().toMillis()) {
      Values values =
          !columns.hasBigints() ? Values.FINITE : columns.hasDoubles() ? Values.ALL : Values.BITS;
      table.select(
          statements.rows(texts(columns, values), query.firstMillis(), query.lastMillis()),
          columns,
          values == Values.ALL ? 3 : 2,
          rows.as(Form.PLAIN));
      return;
    }
    String finite = series(statements, asked, false);
    String bits = series(statements, asked, true);
    if (!columns.hasBigints()) {
      table.select(finite, columns, 1, rows.as(Form.FINITE));
    } else if (!columns.hasDoubles()) {
      table.select(bits, columns, 1, rows.as(Form.BITS));
    } else {
      try (BegunQuery begun = table.begin(bits)) {
        table.select(finite, columns, 1, rows.as(Form.FINITE));
        if (!rows.overflowed()) {
          table.select(begun, bits, columns, 1, rows.as(Form.BITS));
        }
      }
    }
  }

  private String series(Statements statements, MeasureColumns asked, boolean bits) {
    List<String> texts = texts(asked.columns(), bits ? Values.BITS : Values.FINITE);
    if (!asked.typed()) {
      texts.add(Statements.hasValue(bits));
    }
    long start = query.firstMillis();
    long end = query.lastMillis();
    return statements.samples(bits, texts, start, end, span.within(start, end));
  }

  /** Measure names first: by them Timestream finds what it has to read. */
  private List<String> texts(TableColumns columns, Values values) {
    List<String> texts = new ArrayList<>();
    Conditions conditions = Conditions.of(query.matchers(), columns, values);
    if (conditions != null) {
      texts.addAll(conditions.ofMetric());
      texts.addAll(conditions.ofLabels());
    }
    return texts;
  }

  /** Looks for the columns of the query, past what a catalog remembers where that is wanted. */
  private MeasureColumns look(boolean now) throws BadReadException {
    current = true;
    MeasureColumns told = metric == null || !tellsMeasures ? null : Measures.of(metric, table);
    if (told != null) {
      return told;
    }
    tellsMeasures = false;
    current = now;
    TableColumns columns = now ? table.columnsNow() : table.columns();
    return new MeasureColumns(
        columns == null ? TableColumns.of(List.of(), false, false) : columns, false);
  }

  private void remember(MeasureColumns now) {
    if (metric != null) {
      learned.remember(metric, now);
    }
  }

  private String key() {
    return metric == null ? "" : metric;
  }

  /** The one metric that a query names, or null where it names none or several. */
  private static @Nullable String metric(ReadQuery query) {
    for (LabelMatcher matcher : query.matchers()) {
      if (matcher.name().equals(TimestreamNames.METRIC_LABEL)
          && !matcher.isNegative()
          && matcher.shape() instanceof RegexShape.Literals(Set<String> texts)
          && texts.size() == 1
          && !texts.contains("")) {
        return texts.iterator().next();
      }
    }
    return null;
  }
}
