// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The queries that run or have pages left. Bounded in count and age: where a new one has no room,
 * the one that was read to its end, else the one that nobody has asked for the longest goes.
 * Thread-safe.
 */
final class OpenQueries implements AutoCloseable {

  /** As many results as the embedded store keeps. */
  static final int COUNT_MAX = 64;

  private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 52;
  private static final int TOKEN_BYTES = 32;
  private static final char TOKEN_SEPARATOR = '.';

  private final QueryRunner runner;
  private final RandomGenerator random;
  private final Map<String, OpenQuery> byId = new LinkedHashMap<>();

  OpenQueries(QueryRunner runner, RandomGenerator random) {
    this.runner = runner;
    this.random = random;
  }

  /** Makes room for a query and starts it. */
  OpenQuery begin(Caller caller, QueryRequest request, Instant now) {
    OpenQuery query = new OpenQuery(newId(), caller.accessKey(), request, now);
    List<OpenQuery> gone;
    synchronized (byId) {
      gone = makeRoom(now);
      byId.put(query.id(), query);
    }
    gone.forEach(each -> each.cancel(runner));
    query.start(runner);
    return query;
  }

  /** The query of that name, if it belongs to the caller. */
  Optional<OpenQuery> find(String id, Caller caller) {
    synchronized (byId) {
      return Optional.ofNullable(byId.get(id)).filter(query -> query.belongsTo(caller.accessKey()));
    }
  }

  /** The query of a token. The token itself is judged by the query. */
  OpenQuery ofToken(String token, Caller caller) {
    int separator = token.indexOf(TOKEN_SEPARATOR);
    return find(separator < 0 ? "" : token.substring(0, separator), caller)
        .orElseThrow(OpenQuery::invalidToken);
  }

  /** A token that nobody can guess. */
  String newToken(OpenQuery query) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return query.id()
        + TOKEN_SEPARATOR
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  void forget(OpenQuery query) {
    synchronized (byId) {
      byId.remove(query.id());
    }
  }

  /** How many there are. */
  int count() {
    synchronized (byId) {
      return byId.size();
    }
  }

  /** Ends all that run. */
  @Override
  public void close() {
    List<OpenQuery> all;
    synchronized (byId) {
      all = List.copyOf(byId.values());
      byId.clear();
    }
    all.forEach(each -> each.cancel(runner));
  }

  /** Takes out what is too old, and one more where there is no room. */
  private List<OpenQuery> makeRoom(Instant now) {
    Instant oldest = now.minus(OpenQuery.TOKEN_AGE_MAX);
    List<OpenQuery> gone =
        new ArrayList<>(
            byId.values().stream().filter(each -> each.lastUse().isBefore(oldest)).toList());
    if (byId.size() - gone.size() >= COUNT_MAX) {
      gone.add(
          byId.values().stream()
              .filter(each -> !each.running() && !gone.contains(each))
              .min(
                  Comparator.comparing((OpenQuery each) -> !each.ended())
                      .thenComparing(OpenQuery::lastUse))
              .orElseThrow(() ->
                  new WireException(
                      Fault.THROTTLING, COUNT_MAX + " queries run already; try again.")));
    }
    gone.forEach(each -> byId.remove(each.id()));
    return gone;
  }

  private String newId() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
    }
    return id.toString();
  }
}
