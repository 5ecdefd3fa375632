// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import dev.weir.server.timestream.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Texts that were seen lately, found by their characters without making a String. A slot per hash,
 * the newest wins; so its size is bounded whatever comes, and it needs no lock: a slot is one
 * reference to an immutable object. Thread-safe.
 */
final class TextPool {

  /** Names and values of some thousand series. */
  private static final int SLOTS = 1 << 15;

  /** Longer texts are rare and seldom come again. With the slots, 8 MiB at the most. */
  private static final int LENGTH_MAX = 128;

  private final @Nullable String[] slots = new @Nullable String[SLOTS];

  /** The text of these characters; refuses surrogates that stand alone. */
  String text(char[] characters, int from, int length) {
    if (length > LENGTH_MAX) {
      return JsonText.whole(new String(characters, from, length));
    }
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + characters[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    String known = slots[slot];
    if (known != null && known.hashCode() == hash && same(known, characters, from, length)) {
      return known;
    }
    String made = JsonText.whole(new String(characters, from, length));
    slots[slot] = made;
    return made;
  }

  private static boolean same(String text, char[] characters, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != characters[from + i]) {
        return false;
      }
    }
    return true;
  }
}
