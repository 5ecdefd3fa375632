// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import dev.weir.lambda.monitor.digest.Sha256;

/**
 * Names for EventBridge, which takes 64 of letters, digits, {@code . _ -}. What fits stays as it
 * is; of what does not, the beginning stays readable and the SHA-256 of the whole makes it the only
 * one. Names of sites and customers begin with a letter or digit, so that a name which begins with
 * another character can't be taken for one that fits: {@code -} stands before what was shortened,
 * {@code _} before what is no default customer's, {@code .} before what is no site's.
 */
final class ScheduleNames {

  static final int LENGTH_MAX = 64;

  /** 80 bits: nobody finds two sites with the same. */
  private static final int HASH_BYTES = 10;

  private static final int HASH_LENGTH = 2 * HASH_BYTES;

  private ScheduleNames() {}

  /** The prefix and the name, the name shortened where it is too long. */
  static String fitted(String prefix, String name) {
    String whole = prefix + name;
    return whole.length() <= LENGTH_MAX ? whole : marked(prefix, '-', name, name);
  }

  /**
   * The prefix, a mark, as much as fits of the readable part, and the hash of what it stands for.
   */
  static String marked(String prefix, char mark, String readable, String hashed) {
    int room = LENGTH_MAX - prefix.length() - 1 - 1 - HASH_LENGTH;
    return prefix
        + mark
        + readable.substring(0, Math.min(room, readable.length()))
        + '-'
        + Sha256.hex(hashed, HASH_BYTES);
  }

  /**
   * Checks a prefix, which must leave room for a name.
   *
   * @throws IllegalArgumentException naming the setting
   */
  static String prefix(String setting, String prefix) {
    if (!prefix.matches("[A-Za-z0-9._-]{1,32}")) {
      throw new IllegalArgumentException(
          "%s is 1 to 32 of letters, digits, '.', '_', '-', not '%s'".formatted(setting, prefix));
    }
    return prefix;
  }
}
