// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers by the token that a client gave with its call, so that a repeat gets the same answer and
 * starts nothing. Bounded in age, count and bytes; a repeat whose answer is gone runs anew.
 * Thread-safe.
 */
final class ClientTokens {

  /** Within this a repeat gets the same answer. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  static final int COUNT_MAX = 1_024;

  /** Of all answers together; SDKs give every call a token. */
  static final long ANSWER_BYTES_MAX = 8L << 20;

  private record Key(String accessKey, String token) {}

  private static final class Entry {
    final ReentrantLock turn = new ReentrantLock();
    final String parameters;
    final Instant since;
    @Nullable JsonOut answer;

    Entry(String parameters, Instant since) {
      this.parameters = parameters;
      this.since = since;
    }
  }

  private final Map<Key, Entry> entries = new LinkedHashMap<>();
  private long answerBytes;

  /** The answer of a call without its twin's, or its twin's. */
  JsonOut once(
      String accessKey, String token, QueryInput input, Instant now, Supplier<JsonOut> call) {
    Key key = new Key(accessKey, token);
    Entry entry = entry(key, parameters(input), now);
    // A repeat that comes while the first is at work waits for it.
    entry.turn.lock();
    try {
      JsonOut known = answer(entry);
      if (known != null) {
        return known;
      }
      JsonOut answer = call.get();
      keep(key, entry, answer);
      return answer;
    } finally {
      entry.turn.unlock();
    }
  }

  private synchronized Entry entry(Key key, String parameters, Instant now) {
    Instant oldest = now.minus(WINDOW);
    Iterator<Entry> eldest = entries.values().iterator();
    while (eldest.hasNext()) {
      Entry entry = eldest.next();
      if (entries.size() < COUNT_MAX && !entry.since.isBefore(oldest)) {
        break;
      }
      dropAnswer(entry);
      eldest.remove();
    }
    Entry entry = entries.computeIfAbsent(key, _ -> new Entry(parameters, now));
    if (!entry.parameters.equals(parameters)) {
      throw WireException.invalid(
          "The ClientToken was used within the last 5 minutes with other parameters.");
    }
    return entry;
  }

  private synchronized @Nullable JsonOut answer(Entry entry) {
    return entry.answer;
  }

  private synchronized void keep(Key key, Entry entry, JsonOut answer) {
    if (entries.get(key) != entry) {
      return;
    }
    answer.trim();
    entry.answer = answer;
    answerBytes += answer.size();
    for (Entry each : entries.values()) {
      if (answerBytes <= ANSWER_BYTES_MAX) {
        return;
      }
      dropAnswer(each);
    }
  }

  private void dropAnswer(Entry entry) {
    if (entry.answer != null) {
      answerBytes -= entry.answer.size();
      entry.answer = null;
    }
  }

  /** A digest, since texts are long. */
  private static String parameters(QueryInput input) {
    try {
      byte[] text = input.text().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text))
          + input.rowsMax()
          + input.insights();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
