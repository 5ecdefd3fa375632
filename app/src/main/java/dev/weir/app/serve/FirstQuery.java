// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.query.Scope;
import dev.weir.query.SqlText;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query that nobody asked for. The first statement of a process costs about 0.7 s (the parser's
 * tables, the engine's first connection); asked beside the start, no reader waits for that.
 */
final class FirstQuery {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(FirstQuery.class);

  private FirstQuery() {}

  /** Asks on a thread of its own and returns at once. */
  static void ask(QueryRunner store, TableName table, InstantSource clock) {
    String text =
        new SqlText()
            .raw("SELECT measure_name, count(*) FROM ")
            .identifier(table.database())
            .raw(".")
            .identifier(table.table())
            .raw(" WHERE measure_name = 'up' AND time > ago(1m) GROUP BY measure_name")
            .toString();
    Thread.ofVirtual()
        .name("weir-first-query")
        .start(() -> {
          try {
            store.run(new QueryRequest(text, Scope.all(), clock.instant().plus(TIMEOUT)));
          } catch (RuntimeException e) {
            LOG.debug("The first query failed; a reader's own query will tell", e);
          }
        });
  }
}
