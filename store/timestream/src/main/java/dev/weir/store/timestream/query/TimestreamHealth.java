// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.Scope;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.StoreHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether Timestream answers. Asks for the names of databases, which costs nothing: where capacity
 * is charged by the second, a SELECT now and then is charged as if it never ended. Thread-safe.
 */
final class TimestreamHealth implements StoreHealth {

  /** How long an answer is good for, however often one is asked. */
  static final Duration EVERY = Duration.ofSeconds(30);

  private static final Duration TIME = Duration.ofSeconds(5);

  private final QueryRunner queries;
  private final InstantSource clock;
  private @Nullable Health last;
  private Instant lastAsked = Instant.MIN;

  TimestreamHealth(QueryRunner queries, InstantSource clock) {
    this.queries = queries;
    this.clock = clock;
  }

  @Override
  public synchronized Health health() {
    Health known = last;
    Instant now = clock.instant();
    if (known != null && now.isBefore(lastAsked.plus(EVERY))) {
      return known;
    }
    Health asked = ask(now);
    last = asked;
    lastAsked = now;
    return asked;
  }

  private Health ask(Instant now) {
    try {
      queries.run(new QueryRequest("SHOW DATABASES", Scope.all(), now.plus(TIME)));
      return new Health(true, "Timestream answers");
    } catch (StoreException e) {
      String said = String.valueOf(e.getMessage());
      if (e.kind() == Kind.DENIED && said.contains("not authorized to perform")) {
        // Known to Timestream, and not allowed to list databases: good for all else, perhaps.
        return new Health(true, "Timestream answers, and does not let its databases be listed");
      }
      return new Health(false, "Timestream does not answer: " + said);
    }
  }
}
