// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in. Sessions are kept in memory alone: after a restart people sign in again.
 * Neither ids nor tokens are logged, and ids are kept as their digests. Thread-safe.
 */
final class Sessions {

  /** A session ends so long after it began. */
  static final Duration LIFE = Duration.ofHours(12);

  /** A session ends so long after its last call. */
  static final Duration IDLE = Duration.ofHours(2);

  /** Sessions of one user; with another one the oldest ends. */
  static final int OF_USER_MAX = 20;

  /** Sessions in all; with another one that which was not used for longest ends. */
  static final int MAX = 10_000;

  private static final int SECRET_BYTES = 32;

  /**
   * Someone who is signed in.
   *
   * @param token proves that a call comes from a page that could read it
   */
  record Session(User user, String token, Instant begun, Instant used) {

    /** Compared in constant time. */
    boolean has(String given) {
      return MessageDigest.isEqual(token.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    /** Never the token. */
    @Override
    public String toString() {
      return "Session[user=" + user.name() + ", begun=" + begun + "]";
    }
  }

  private final SecureRandom random;
  private final int max;

  /** By digest of the id, the least lately used first. */
  private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  Sessions(SecureRandom random) {
    this(random, MAX);
  }

  /** As above, with another bound of all sessions. */
  Sessions(SecureRandom random, int max) {
    this.random = random;
    this.max = max;
  }

  /** Begins a session and returns its id. */
  synchronized String begin(User user, Instant now) {
    sessions.values().removeIf(session -> over(session, now));
    List<String> own =
        sessions.entrySet().stream()
            .filter(entry -> entry.getValue().user().name().equals(user.name()))
            .sorted((one, other) -> one.getValue().begun().compareTo(other.getValue().begun()))
            .map(Map.Entry::getKey)
            .toList();
    own.stream().limit(Math.max(0, own.size() - OF_USER_MAX + 1)).forEach(sessions::remove);
    if (sessions.size() >= max) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    String id = secret();
    sessions.put(digest(id), new Session(user, secret(), now, now));
    return id;
  }

  /**
   * The session of an id, which counts as used now.
   *
   * @param users as they are now: who is gone or has changed has to sign in again
   */
  synchronized Optional<Session> use(String id, Map<String, User> users, Instant now) {
    Session session = sessions.get(digest(id));
    if (session == null || !holds(session, users, now)) {
      end(id);
      return Optional.empty();
    }
    sessions.put(digest(id), new Session(session.user(), session.token(), session.begun(), now));
    return Optional.of(session);
  }

  /**
   * Whether there is a session of an id; it doesn't count as used.
   *
   * @param users as they are now
   */
  synchronized boolean holds(String id, Map<String, User> users, Instant now) {
    Session session = sessions.get(digest(id));
    return session != null && holds(session, users, now);
  }

  synchronized void end(String id) {
    sessions.remove(digest(id));
  }

  synchronized int count() {
    return sessions.size();
  }

  private static boolean holds(Session session, Map<String, User> users, Instant now) {
    return !over(session, now) && session.user().equals(users.get(session.user().name()));
  }

  private static boolean over(Session session, Instant now) {
    return !now.isBefore(session.begun().plus(LIFE)) || !now.isBefore(session.used().plus(IDLE));
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String digest(String id) {
    try {
      byte[] bytes = MessageDigest.getInstance("SHA-256").digest(id.getBytes(US_ASCII));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
