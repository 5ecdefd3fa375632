// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.query.Spool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results that have pages left, and those whose last page was handed out but may have been lost
 * on its way: a token can be used again. Bounded in count, bytes and age; results that are read to
 * their end go first, then the oldest. Thread-safe.
 */
final class OpenResults implements AutoCloseable {

  static final int COUNT_MAX = 64;

  /** Bytes of all spool files. */
  static final long BYTES_MAX = 4L << 30;

  /** As long as a pagination token of Timestream lives. */
  static final Duration AGE_MAX = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<String, OpenResult> results = new LinkedHashMap<>();
  private long bytes;

  OpenResults(InstantSource clock) {
    this.clock = clock;
  }

  /** One result. */
  private static final class OpenResult {
    final String text;
    final Scope scope;
    final Spool spool;
    final Instant since;
    final long scannedBytes;
    boolean ended;

    OpenResult(QueryRequest request, Spool spool, Instant since, long scannedBytes) {
      this.text = request.text();
      this.scope = request.scope();
      this.spool = spool;
      this.since = since;
      this.scannedBytes = scannedBytes;
    }

    QueryPage page(String id, int number) {
      boolean last = number + 1 == spool.pages();
      String next = last ? null : id + "-" + (number + 1);
      return new QueryPage(id, spool.read(number), next, scannedBytes);
    }
  }

  /** The first page of a result; the spool is closed here once nobody can ask for the rest. */
  QueryPage begin(String id, QueryRequest request, Spool spool, long scannedBytes) {
    OpenResult result = new OpenResult(request, spool, clock.instant(), scannedBytes);
    QueryPage page = result.page(id, 0);
    if (page.resumeToken() == null) {
      spool.close();
    } else {
      keep(id, result);
    }
    return page;
  }

  /** A further page; the same one again where the token is used again. */
  QueryPage resume(QueryRequest request, String token) {
    int dash = token.indexOf('-');
    String id = dash < 0 ? token : token.substring(0, dash);
    OpenResult result = find(id);
    if (result == null
        || !result.text.equals(request.text())
        || !result.scope.equals(request.scope())
        || !token.substring(dash + 1).matches("[0-9]{1,9}")) {
      throw invalidToken();
    }
    int number = Integer.parseInt(token.substring(dash + 1));
    QueryPage page;
    synchronized (result) {
      if (number < 1 || number >= result.spool.pages() || result.spool.isClosed()) {
        throw invalidToken();
      }
      page = result.page(id, number);
    }
    if (page.resumeToken() == null) {
      end(result);
    }
    return page;
  }

  /** Forgets a result; false where there was none with pages left. */
  synchronized boolean forget(String id) {
    OpenResult result = results.get(id);
    if (result == null) {
      return false;
    }
    boolean had = !result.ended;
    drop(id);
    return had;
  }

  /** Whether a query of that name has a result here. */
  synchronized boolean has(String id) {
    return results.containsKey(id);
  }

  @Override
  public synchronized void close() {
    results.keySet().stream().toList().forEach(this::drop);
  }

  private synchronized @Nullable OpenResult find(String id) {
    dropOld();
    return results.get(id);
  }

  private synchronized void end(OpenResult result) {
    result.ended = true;
  }

  private synchronized void keep(String id, OpenResult result) {
    dropOld();
    while (!results.isEmpty()
        && (results.size() >= COUNT_MAX || bytes + result.spool.bytes() > BYTES_MAX)) {
      drop(next());
    }
    results.put(id, result);
    bytes += result.spool.bytes();
  }

  /** The one to go: read to its end, else the oldest; the map is in the order of arrival. */
  private String next() {
    Optional<Map.Entry<String, OpenResult>> first =
        results.entrySet().stream().min(Comparator.comparing(entry -> !entry.getValue().ended));
    return first.orElseThrow().getKey();
  }

  private void dropOld() {
    Instant oldest = clock.instant().minus(AGE_MAX);
    results.entrySet().stream()
        .filter(entry -> entry.getValue().since.isBefore(oldest))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::drop);
  }

  private void drop(String id) {
    OpenResult result = results.remove(id);
    if (result != null) {
      bytes -= result.spool.bytes();
      synchronized (result) {
        result.spool.close();
      }
    }
  }

  private static StoreException invalidToken() {
    return new StoreException(Kind.BAD_REQUEST, "Invalid pagination token");
  }
}
