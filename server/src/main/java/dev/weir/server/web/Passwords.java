// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies user names and passwords. bcrypt costs some 50 ms of a core each time, and a sender
 * comes many times a second, so verdicts are remembered under a keyed hash of user, hash and
 * password: a new hash in the file makes a new entry. An unknown user costs as much as a wrong
 * password. Computations go one after another, so that guessing can't take all cores. Thread-safe.
 */
public final class Passwords {

  /** Verdicts kept of each kind, the eldest go; guesses can't push right pairs out. */
  private static final int KEPT = 100;

  /** Requests that wait for a computation; more are told to come again. */
  private static final int WAITING_MAX = 32;

  /** What bcrypt looks at; the rest of a longer password never counted. */
  private static final int PASSWORD_BYTES = 72;

  /** What became of a pair. */
  public enum Verdict {
    RIGHT,
    WRONG,
    /** Too many pairs wait to be computed. */
    BUSY
  }

  private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]?\\$\\d\\d\\$[./A-Za-z0-9]{53}");

  private final SecretKeySpec key;
  private final ReentrantLock computing = new ReentrantLock();
  private final Map<String, Boolean> right = bounded();
  private final Map<String, Boolean> wrong = bounded();
  private long computed;

  public Passwords(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** Whether a text is a hash of bcrypt, as {@code htpasswd -nB} makes it. */
  public static boolean isHash(String text) {
    return BCRYPT.matcher(text).matches();
  }

  /**
   * Judges a pair.
   *
   * @param hashes by user; at least one
   * @param password as UTF-8
   */
  public Verdict verify(Map<String, String> hashes, String user, byte[] password) {
    String hash = hashes.get(user);
    String entry = entry(user, hash == null ? "" : hash, password);
    synchronized (right) {
      if (right.get(entry) != null) {
        return Verdict.RIGHT;
      }
      if (wrong.get(entry) != null) {
        return Verdict.WRONG;
      }
    }
    if (computing.getQueueLength() >= WAITING_MAX) {
      return Verdict.BUSY;
    }
    boolean verdict = compute(hash == null ? anyHash(hashes) : hash, password) && hash != null;
    synchronized (right) {
      (verdict ? right : wrong).put(entry, true);
    }
    return verdict ? Verdict.RIGHT : Verdict.WRONG;
  }

  /** How often bcrypt ran. */
  long computed() {
    return computed;
  }

  private boolean compute(String hash, byte[] password) {
    byte[] counted = Arrays.copyOf(password, Math.min(password.length, PASSWORD_BYTES));
    computing.lock();
    try {
      computed++;
      byte[] expected = hash.getBytes(StandardCharsets.US_ASCII);
      return BCrypt.verifyer().verify(counted, expected).verified;
    } finally {
      computing.unlock();
      Arrays.fill(counted, (byte) 0);
    }
  }

  /** What an unknown user is compared with, so that the answer takes as long as a known one's. */
  private static String anyHash(Map<String, String> hashes) {
    return hashes.values().stream().max(Comparator.comparing(Passwords::cost)).orElseThrow();
  }

  /** The two digits before the last dollar. */
  private static String cost(String hash) {
    int end = hash.lastIndexOf('$');
    return hash.substring(end - 2, end);
  }

  private String entry(String user, String hash, byte[] password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(user.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static Map<String, Boolean> bounded() {
    return new LinkedHashMap<>(KEPT, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > KEPT;
      }
    };
  }
}
