// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table's columns. Asked for again when it is old, and at once when a column was
 * written that it does not have: a query that groups by all dimensions but one would take two
 * series for one. Thread-safe.
 */
final class DescribedTable {

  /** How old a description may get while nothing speaks against it. */
  static final Duration FRESH = Duration.ofSeconds(60);

  /** How old it may get when Timestream does not answer. */
  static final Duration USABLE = Duration.ofMinutes(10);

  /** How long a new column is looked for; Timestream shows columns a little late. */
  static final Duration APPEARS_WITHIN = Duration.ofSeconds(10);

  /** How long one caller waits for the answer that another has asked for. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private final Set<String> written = new HashSet<>();
  private Instant lookUntil = Instant.MIN;
  private @Nullable Known known;

  DescribedTable(InstantSource clock) {
    this.clock = clock;
  }

  private record Known(TableDescription table, Set<String> columns, Instant since) {}

  /**
   * The description, from {@code ask} where the known one won't do. One caller asks at a time; the
   * others go on with what is known, or wait where that is nothing.
   */
  Optional<TableDescription> get(Supplier<Optional<TableDescription>> ask) {
    Known before = known();
    if (before != null && isFresh(before)) {
      return Optional.of(before.table());
    }
    if (before == null || !isUsable(before)) {
      await();
    } else if (!asking.tryLock()) {
      return Optional.of(before.table());
    }
    try {
      Known now = known();
      if (now != null && isFresh(now)) {
        return Optional.of(now.table());
      }
      return refreshed(now, ask);
    } finally {
      asking.unlock();
    }
  }

  /** The description from {@code ask}, whatever is known. */
  Optional<TableDescription> now(Supplier<Optional<TableDescription>> ask) {
    Instant since = clock.instant();
    Optional<TableDescription> table = ask.get();
    know(table.orElse(null), since);
    return table;
  }

  private Optional<TableDescription> refreshed(
      @Nullable Known old, Supplier<Optional<TableDescription>> ask) {
    Instant since = clock.instant();
    try {
      Optional<TableDescription> table = ask.get();
      know(table.orElse(null), since);
      return table;
    } catch (StoreException e) {
      if (old != null && e.kind() != Kind.CANCELLED && e.kind().retryable() && isUsable(old)) {
        return Optional.of(old.table());
      }
      throw e;
    }
  }

  private void await() {
    try {
      if (!asking.tryLock(WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException(Kind.TIMED_OUT, "the columns of a table are not known in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
  }

  private synchronized @Nullable Known known() {
    return known;
  }

  private synchronized void know(@Nullable TableDescription table, Instant since) {
    if (known != null && known.since().isAfter(since)) {
      return; // Another answer, to a question that was asked later, was faster.
    }
    if (table == null) {
      known = null;
      return;
    }
    Set<String> columns =
        table.columns().stream().map(ColumnDescription::name).collect(Collectors.toSet());
    known = new Known(table, columns, since);
    written.removeAll(columns);
  }

  private synchronized boolean isFresh(Known of) {
    return clock.instant().isBefore(of.since().plus(FRESH)) && !lacks();
  }

  private synchronized boolean isUsable(Known of) {
    return clock.instant().isBefore(of.since().plus(USABLE)) && !lacks();
  }

  private boolean lacks() {
    return !written.isEmpty() && clock.instant().isBefore(lookUntil);
  }

  /** The names of the columns that are known, or null where nothing is. */
  synchronized @Nullable Set<String> columns() {
    return known == null ? null : known.columns();
  }

  /** A column was written that is not among the known ones. */
  synchronized void lacks(String column) {
    if (known != null && !known.columns().contains(column) && written.add(column)) {
      lookUntil = clock.instant().plus(APPEARS_WITHIN);
    }
  }

  /** What is known has turned out to be wrong. */
  synchronized void forget() {
    known = null;
  }
}
