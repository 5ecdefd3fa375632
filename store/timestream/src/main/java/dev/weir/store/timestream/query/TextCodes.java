// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives each text a code, in the order in which texts are first seen. A text that is known costs no
 * object. Not thread-safe.
 */
final class TextCodes {

  /**
   * Places looked at for a text. Texts come from outside: when many of one hash meet, the rest goes
   * to a map, which takes that without slowing down.
   */
  private static final int PROBES_MAX = 16;

  private String[] texts = new String[16];
  private int[] hashes = new int[16];
  private int count;

  /** Codes plus one by hash, from the place that the hash says on; 0 is free. Twice the texts. */
  private int[] places = new int[32];

  private final Map<String, Integer> crowded = new HashMap<>();
  private int last;

  /** The code of a text. */
  int of(char[] text, int from, int length) {
    if (count > 0 && is(texts[last], text, from, length)) {
      return last;
    }
    last = find(text, from, length);
    return last;
  }

  private int find(char[] text, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + text[i];
    }
    int mask = places.length - 1;
    int place = spread(hash) & mask;
    for (int probe = 0; probe < PROBES_MAX; probe++) {
      int code = places[place] - 1;
      if (code < 0) {
        return add(new String(text, from, length), hash);
      }
      if (hashes[code] == hash && is(texts[code], text, from, length)) {
        return code;
      }
      place = (place + 1) & mask;
    }
    String crowding = new String(text, from, length);
    Integer known = crowded.get(crowding);
    return known == null ? add(crowding, hash) : known;
  }

  private int add(String text, int hash) {
    int code = count++;
    if (code == texts.length) {
      texts = Arrays.copyOf(texts, 2 * code);
      hashes = Arrays.copyOf(hashes, 2 * code);
      texts[code] = text;
      hashes[code] = hash;
      places = new int[4 * code];
      crowded.clear();
      for (int known = 0; known <= code; known++) {
        place(known);
      }
    } else {
      texts[code] = text;
      hashes[code] = hash;
      place(code);
    }
    return code;
  }

  private void place(int code) {
    int mask = places.length - 1;
    int place = spread(hashes[code]) & mask;
    for (int probe = 0; probe < PROBES_MAX; probe++) {
      if (places[place] == 0) {
        places[place] = code + 1;
        return;
      }
      place = (place + 1) & mask;
    }
    crowded.put(texts[code], code);
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }

  private static boolean is(String known, char[] text, int from, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** The texts by their codes. */
  String[] dictionary() {
    return Arrays.copyOf(texts, count);
  }
}
