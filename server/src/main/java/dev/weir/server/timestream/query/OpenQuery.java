// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.query.Scope;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query between its calls. It keeps two places: the one that its newest token stands for, and the
 * one that the token before stands for, which may be used again because an answer can get lost. Of
 * the result it keeps the first page, and only while a place lies in it; other pages are read from
 * the store again. Thread-safe; calls of one query wait for each other.
 */
final class OpenQuery {

  /** How often a token may be used. */
  static final int USES_MAX = 5;

  /** How long a token may be used. */
  static final Duration TOKEN_AGE_MAX = Duration.ofHours(1);

  private static final long CANCEL_AGAIN_NANOS = 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(OpenQuery.class);

  /**
   * Where a page begins.
   *
   * @param resumeToken of the store's page, null for its first
   * @param row in the store's page
   * @param rowsBefore rows of the pages before
   * @param bytesBefore bytes of the rows before
   */
  record Place(@Nullable String resumeToken, int row, long rowsBefore, long bytesBefore) {
    static final Place START = new Place(null, 0, 0, 0);
  }

  private record Token(String text, Place place, Instant issued) {}

  private final String id;
  private final String accessKey;
  private final QueryRequest request;
  private final ReentrantLock turn = new ReentrantLock();
  private final FirstPage first = new FirstPage();
  private @Nullable Token newest;
  private @Nullable Token used;
  private int uses;
  private volatile boolean cancelled;
  private volatile boolean atWork;
  private volatile boolean ended;
  private volatile Instant lastUse;

  /** A query that does not run yet. */
  OpenQuery(String id, String accessKey, QueryRequest request, Instant now) {
    this.id = id;
    this.accessKey = accessKey;
    this.request = request.named(id);
    this.lastUse = now;
  }

  String id() {
    return id;
  }

  boolean belongsTo(String caller) {
    return accessKey.equals(caller);
  }

  Instant lastUse() {
    return lastUse;
  }

  /** Whether its last page was handed out. */
  boolean ended() {
    return ended;
  }

  boolean running() {
    return first.running();
  }

  /** Runs it to its first page, on a thread of its own. */
  void start(QueryRunner runner) {
    atWork = true;
    Thread.ofVirtual().name("weir-query-" + id).start(() -> run(runner));
  }

  private void run(QueryRunner runner) {
    try {
      first.arrive(runner.run(request));
    } catch (StoreException e) {
      first.fail(e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.atError().addKeyValue("query", id).setCause(e).log("a query failed");
      first.fail(new StoreException(Kind.INTERNAL, "internal error; the log has more", e));
    } finally {
      atWork = false;
      if (cancelled) {
        runner.cancel(id);
      }
    }
  }

  /** Ends it; whoever waits for it is told. */
  void cancel(QueryRunner runner) {
    cancelled = true;
    if (!runner.cancel(id) && atWork) {
      // It has begun here but not yet in the store, where it would then run for nobody.
      Thread.ofVirtual().name("weir-cancel-" + id).start(() -> cancelUntilGone(runner));
    }
    first.fail(new StoreException(Kind.CANCELLED, "The query " + id + " was cancelled."));
  }

  private void cancelUntilGone(QueryRunner runner) {
    while (atWork && !runner.cancel(id)) {
      LockSupport.parkNanos(CANCEL_AGAIN_NANOS);
    }
  }

  /** What a call gets: does {@code work} while no other call of this query is at work. */
  <T> T inTurn(Instant now, Work<T> work) {
    turn.lock();
    try {
      lastUse = now;
      if (cancelled) {
        throw new WireException(Fault.CONFLICT, "The query " + id + " was cancelled.");
      }
      return work.run();
    } finally {
      turn.unlock();
    }
  }

  /** Something that a call does. */
  @FunctionalInterface
  interface Work<T> {
    T run();
  }

  /**
   * The place that a token stands for; counts a use.
   *
   * @throws WireException when it is not one of this query's tokens, or was used up
   */
  Place place(String text, String caller, String queryText, Scope scope, Instant now) {
    Token token = null;
    if (belongsTo(caller) && request.text().equals(queryText) && request.scope().equals(scope)) {
      if (matches(newest, text)) {
        token = newest;
        used = newest;
        newest = null;
        uses = 0;
      } else if (matches(used, text)) {
        token = used;
      }
    }
    if (token == null || ++uses > USES_MAX || token.issued().plus(TOKEN_AGE_MAX).isBefore(now)) {
      throw invalidToken();
    }
    return token.place();
  }

  static WireException invalidToken() {
    return WireException.invalid("Invalid pagination token");
  }

  /** Makes a token the newest; the one that this call came with may be used again. */
  void issue(String text, Place place, Instant now) {
    newest = new Token(text, place, now);
    if (place.resumeToken() != null) {
      letGo();
    }
  }

  /** Its last page goes out. */
  void end() {
    ended = true;
    newest = null;
    letGo();
  }

  /** The first page is of no use once no token leads into it. */
  private void letGo() {
    if (used == null || used.place().resumeToken() != null) {
      first.drop();
    }
  }

  /** The store's page at a place, or nothing when the first one takes longer than that. */
  Optional<QueryPage> page(QueryRunner runner, Place place, Duration hold) {
    String resumeToken = place.resumeToken();
    if (resumeToken != null) {
      return Optional.of(runner.run(request.resume(resumeToken)));
    }
    return first.await(hold);
  }

  private static boolean matches(@Nullable Token token, String text) {
    return token != null
        && MessageDigest.isEqual(
            token.text().getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }
}
