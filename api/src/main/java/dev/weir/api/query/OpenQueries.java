// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.Caller;
import dev.weir.query.Scope;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The queries that run or have pages left, by caller and id: who is not their caller finds nothing.
 * Bounded in count and age; the ones that were not asked for longest go first. Thread-safe.
 */
final class OpenQueries {

  /** Results with pages left, of one caller. */
  static final int CALLER_MAX = 8;

  /** Of all callers: half of what the embedded store keeps for all who ask it. */
  static final int ALL_MAX = 32;

  /** How long a result waits to be asked for its next page. */
  static final Duration AGE_MAX = Duration.ofMinutes(15);

  private static final int NAME_BYTES = 16;

  private final QueryRunner queries;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<OpenQuery.Key, OpenQuery> open = new LinkedHashMap<>();

  OpenQueries(QueryRunner queries, InstantSource clock, RandomGenerator random) {
    this.queries = queries;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A query of a caller.
   *
   * @param id the caller's name for it, or null for one of ours
   * @throws StoreException CONFLICT where the caller has one of that name; THROTTLED where as many
   *     are being worked at or sent as there may be
   */
  OpenQuery begin(Caller caller, @Nullable String id, String sql, Scope scope) {
    Instant now = clock.instant();
    List<OpenQuery> dropped = new ArrayList<>();
    OpenQuery query;
    boolean full;
    synchronized (this) {
      OpenQuery.Key key = new OpenQuery.Key(caller, id == null ? name() : id);
      OpenQuery before = open.get(key);
      if (before != null && (before.finished() || before.olderThan(now.minus(AGE_MAX)))) {
        open.remove(key);
        dropped.add(before);
      } else if (before != null) {
        throw new StoreException(
            Kind.CONFLICT,
            "a query %s of yours runs, or has pages left: take another id".formatted(key.id()));
      }
      dropped.addAll(surplus(caller, now));
      query = new OpenQuery(key, scope, sql, name(), now);
      full = own(caller) >= CALLER_MAX || open.size() >= ALL_MAX;
      if (!full) {
        open.put(key, query);
      }
    }
    dropped.forEach(each -> each.cancel(queries));
    if (full) {
      throw new StoreException(
          Kind.THROTTLED,
          "%d results of yours, or %d of all, are being sent; try again when one has ended"
              .formatted(CALLER_MAX, ALL_MAX));
    }
    return query;
  }

  /** The query of that name, if it is the caller's. */
  synchronized Optional<OpenQuery> find(Caller caller, String id) {
    OpenQuery query = open.get(new OpenQuery.Key(caller, id));
    return Optional.ofNullable(query)
        .filter(found -> !found.olderThan(clock.instant().minus(AGE_MAX)));
  }

  /** Ends a query and forgets it; false where it was forgotten already. */
  boolean end(OpenQuery query) {
    boolean there = forget(query);
    if (there) {
      query.cancel(queries);
    }
    return there;
  }

  /** Forgets a query that has nothing left. */
  synchronized boolean forget(OpenQuery query) {
    return open.remove(query.key(), query);
  }

  /** A token by which the caller gets the page at a place; it begins with the query's id. */
  String token(OpenQuery query) {
    return query.key().id() + "." + name();
  }

  /** The id in a token; the whole of a text that is none. */
  static String idOf(String token) {
    int dot = token.indexOf('.');
    return dot < 0 ? token : token.substring(0, dot);
  }

  /** Takes out what is too old, and makes room for one more. Those that run stay. */
  private List<OpenQuery> surplus(Caller caller, Instant now) {
    List<OpenQuery> dropped = new ArrayList<>();
    List<OpenQuery> idle =
        open.values().stream()
            .filter(query -> !query.running())
            .sorted(Comparator.comparing(OpenQuery::lastUse))
            .toList();
    long own = own(caller);
    long all = open.size();
    for (OpenQuery query : idle) {
      boolean callers = isOf(query.key(), caller);
      boolean old = query.olderThan(now.minus(AGE_MAX));
      if (old || all >= ALL_MAX || (callers && own >= CALLER_MAX)) {
        dropped.add(query);
        all--;
        own -= callers ? 1 : 0;
      }
    }
    dropped.forEach(query -> open.remove(query.key()));
    return dropped;
  }

  private long own(Caller caller) {
    return open.keySet().stream().filter(key -> isOf(key, caller)).count();
  }

  /** A caller has one share, by name, whatever sessions and tokens it has. */
  private static boolean isOf(OpenQuery.Key key, Caller caller) {
    return key.caller().name().equals(caller.name());
  }

  private String name() {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
