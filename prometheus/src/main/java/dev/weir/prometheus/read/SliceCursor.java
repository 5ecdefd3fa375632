// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the samples of a listing, slice by slice, in the order of its series. A slice holds as
 * many series as the limits of samples and of text allow; a series that alone is too large is cut
 * by time. Not thread-safe.
 */
final class SliceCursor implements PartCursor {

  /** More metric names than this are not spelled out; the other conditions select them. */
  private static final int NAMES_MAX = 1_000;

  private final TableReader table;
  private final Listing listing;
  private final int samplesMax;
  private final int textMax;
  private final RowSpan span;
  private final List<String> liveDimensions;
  private final Deque<Window> windows = new ArrayDeque<>();
  private int next;

  /** A range of time of the series before {@link #next}, with the samples counted in it. */
  private record Window(long startMillis, long endMillis, long samples) {}

  /** Fetches in rows of at most this span; it is narrowed where they are too large. */
  SliceCursor(TableReader table, Listing listing, RemoteReadOptions options, RowSpan span) {
    this.table = table;
    this.listing = listing;
    this.samplesMax = options.sliceSamplesMax();
    this.textMax = options.sliceTextMax();
    this.span = span;
    this.liveDimensions = liveDimensions();
  }

  @Override
  public @Nullable List<SeriesPart> next() throws BadReadException {
    if (!windows.isEmpty()) {
      return window(windows.pop());
    }
    if (next == listing.series().size()) {
      return null;
    }
    if (next == 0 && listing.samples() <= samplesMax) {
      List<String> conditions = wholeConditions();
      if (conditions.stream().mapToInt(String::length).sum() <= textMax) {
        next = listing.series().size();
        return fetch(listing.series(), conditions, listing.startMillis(), listing.endMillis());
      }
    }
    ListedSeries first = listing.series().get(next);
    if (first.samples() > samplesMax) {
      next++;
      return window(new Window(listing.startMillis(), listing.endMillis(), first.samples()));
    }
    return someSeries();
  }

  @Override
  public boolean exhausted() {
    return windows.isEmpty() && next == listing.series().size();
  }

  private List<SeriesPart> someSeries() throws BadReadException {
    List<ListedSeries> slice = new ArrayList<>();
    long samples = 0;
    int text = 0;
    while (next < listing.series().size()) {
      ListedSeries candidate = listing.series().get(next);
      samples += candidate.samples();
      text += conditionLength(candidate);
      if (!slice.isEmpty() && (samples > samplesMax || text > textMax)) {
        break;
      }
      slice.add(candidate);
      next++;
    }
    return fetch(slice, null, listing.startMillis(), listing.endMillis());
  }

  /** Cuts a range of time in two until what is in it fits a slice. */
  private List<SeriesPart> window(Window window) throws BadReadException {
    ListedSeries series = listing.series().get(next - 1);
    Window now = window;
    while (now.samples() > samplesMax && now.startMillis() < now.endMillis()) {
      long middle = now.startMillis() + (now.endMillis() - now.startMillis()) / 2;
      long before = count(series, now.startMillis(), middle);
      if (before < now.samples()) {
        windows.push(new Window(middle + 1, now.endMillis(), now.samples() - before));
      }
      now = before == 0 ? windows.pop() : new Window(now.startMillis(), middle, before);
    }
    return now.samples() == 0
        ? List.of()
        : fetch(List.of(series), null, now.startMillis(), now.endMillis());
  }

  private long count(ListedSeries series, long start, long end) throws BadReadException {
    long[] count = {0};
    table.run(
        (statements, _) -> statements.list(either(statements, List.of(series)), start, end),
        new TableReader.Rows() {
          @Override
          public void restart() {
            count[0] = 0;
          }

          @Override
          public void accept(PageRows page) {
            for (int row = 0; row < page.rowCount(); row++) {
              count[0] += page.count(row);
            }
          }
        });
    return count[0];
  }

  /** Fetches whole series; conditions that fit exactly these, or null to name each series. */
  private List<SeriesPart> fetch(
      List<ListedSeries> slice, @Nullable List<String> conditions, long start, long end)
      throws BadReadException {
    Map<Labels, Samples> finite = fetch(slice, conditions, start, end, false);
    Map<Labels, Samples> bits = fetch(slice, conditions, start, end, true);
    List<SeriesPart> parts = new ArrayList<>(slice.size());
    Samples none = new Samples();
    for (ListedSeries series : slice) {
      Samples ofFinite = finite.getOrDefault(series.labels(), none);
      Samples ofBits = bits.getOrDefault(series.labels(), none);
      ofFinite.settle();
      ofBits.settle();
      parts.add(
          new SeriesPart(series.labels(), Samples.merge(ofFinite, ofBits), !windows.isEmpty()));
    }
    return parts;
  }

  private Map<Labels, Samples> fetch(
      List<ListedSeries> slice,
      @Nullable List<String> conditions,
      long start,
      long end,
      boolean ofBits)
      throws BadReadException {
    List<ListedSeries> wanted =
        slice.stream().filter(series -> series.measure(ofBits) != null).toList();
    Map<Labels, Samples> found = new HashMap<>(wanted.size() * 2);
    TableColumns columns = table.columns();
    boolean hasColumn = columns != null && (ofBits ? columns.hasBigints() : columns.hasDoubles());
    if (wanted.isEmpty() || !hasColumn) {
      // Points of other types may stand under a metric's name; they are no samples.
      return found;
    }
    wanted.forEach(series -> found.put(series.labels(), new Samples()));
    TableReader.Rows rows =
        new TableReader.Rows() {
          @Override
          public void restart() {
            found.replaceAll((_, _) -> new Samples());
          }

          @Override
          public void accept(PageRows page) {
            for (int row = 0; row < page.rowCount(); row++) {
              Samples samples = found.get(page.labels(row));
              if (samples != null) {
                samples.addRow(page.value(), row);
              }
            }
          }
        };
    boolean fits = false;
    while (!fits) {
      fits = fits(rows, wanted, conditions, start, end, ofBits);
    }
    return found;
  }

  /** Runs a statement; false where a row was too large and the next try has shorter ones. */
  private boolean fits(
      TableReader.Rows rows,
      List<ListedSeries> wanted,
      @Nullable List<String> conditions,
      long start,
      long end,
      boolean ofBits)
      throws BadReadException {
    try {
      table.run(
          (statements, _) -> {
            List<String> texts = texts(statements, wanted, conditions, ofBits);
            return statements.samples(ofBits, texts, start, end, span.within(start, end));
          },
          rows);
      return true;
    } catch (StoreException failure) {
      boolean tooLarge = failure.detail().filter(Detail.ROW_TOO_LARGE::equals).isPresent();
      if (!tooLarge || !span.narrow(start, end)) {
        throw failure;
      }
      return false;
    }
  }

  private List<String> texts(
      Statements statements,
      List<ListedSeries> wanted,
      @Nullable List<String> conditions,
      boolean ofBits) {
    List<String> texts = new ArrayList<>();
    Set<String> measures = new LinkedHashSet<>();
    for (ListedSeries series : wanted) {
      String measure = series.measure(ofBits);
      if (measure != null) {
        measures.add(measure);
      }
    }
    if (measures.size() <= NAMES_MAX) {
      texts.add(Statements.among("measure_name", List.copyOf(measures), false));
    }
    if (conditions != null) {
      texts.addAll(conditions);
    } else {
      texts.addAll(listing.conditions().ofLabels());
      texts.add(either(statements, wanted, ofBits));
    }
    if (span.isLimited()) {
      texts.add(Statements.hasValue(ofBits));
    }
    return texts;
  }

  /**
   * The conditions that select the whole listing at once: those of the list and, where that gave
   * more than what matches, the values that survived.
   */
  private List<String> wholeConditions() {
    List<String> conditions = new ArrayList<>(listing.conditions().ofLabels());
    if (!listing.filtered()) {
      return conditions;
    }
    for (LabelMatcher matcher : listing.conditions().inexact()) {
      TableColumns columns = table.columns();
      String dimension = columns == null ? null : columns.dimension(matcher.name());
      if (dimension == null || matcher.name().equals(METRIC_LABEL)) {
        continue;
      }
      Set<String> values = new LinkedHashSet<>();
      listing.series().forEach(series -> values.add(series.labels().value(matcher.name())));
      boolean orNull = values.remove("");
      conditions.add(Statements.among(dimension, List.copyOf(values), orNull));
    }
    return conditions;
  }

  private List<String> either(Statements statements, List<ListedSeries> wanted) {
    List<String> texts = new ArrayList<>(listing.conditions().ofLabels());
    List<String> choices = new ArrayList<>();
    for (boolean ofBits : new boolean[] {false, true}) {
      if (wanted.stream().anyMatch(series -> series.measure(ofBits) != null)) {
        choices.add(either(statements, wanted, ofBits));
      }
    }
    texts.add("(" + String.join(" OR ", choices) + ")");
    return texts;
  }

  private String either(Statements statements, List<ListedSeries> wanted, boolean ofBits) {
    StringBuilder text = new StringBuilder("(");
    for (ListedSeries series : wanted) {
      String measure = series.measure(ofBits);
      if (measure != null) {
        text.append(text.length() == 1 ? "" : " OR ");
        text.append(statements.only(series, measure, liveDimensions));
      }
    }
    return text.append(')').toString();
  }

  /** About how much text names a series; names and values are counted as UTF-8 at their longest. */
  private int conditionLength(ListedSeries series) {
    int length = 32;
    for (int i = 0; i < series.labels().size(); i++) {
      length += 12 + series.labels().name(i).length() + series.labels().value(i).length();
    }
    for (String dimension : liveDimensions) {
      length += dimension.length() + 16;
    }
    return length;
  }

  /**
   * The dimensions that tell the series of this listing apart; all others are NULL in all of them.
   */
  private List<String> liveDimensions() {
    TableColumns columns = table.columns();
    if (columns == null) {
      return List.of();
    }
    Set<String> labels = new LinkedHashSet<>();
    for (ListedSeries series : listing.series()) {
      for (int i = 0; i < series.labels().size(); i++) {
        labels.add(series.labels().name(i));
      }
    }
    List<String> dimensions = new ArrayList<>();
    for (String dimension : columns.dimensions()) {
      if (labels.contains(columns.labels()[columns.dimensions().indexOf(dimension)])) {
        dimensions.add(dimension);
      }
    }
    return dimensions;
  }
}
