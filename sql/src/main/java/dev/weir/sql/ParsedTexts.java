// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers texts that were parsed lately. To parse is most of the work of an analysis, and depends
 * on the text alone; names, types and {@code now()} are looked at anew each time, so that neither a
 * new column nor the clock can make an entry wrong. Thread-safe.
 */
final class ParsedTexts {

  /** Dashboards repeat some hundred statements. */
  static final int TEXTS_MAX = 512;

  /** Of all texts together; with its tree a character takes some 40 bytes, hence 10 MB. */
  static final int CHARACTERS_MAX = 256 * 1_024;

  /** Longer texts are made by programs, and seldom twice. */
  static final int TEXT_CHARACTERS_MAX = 16 * 1_024;

  private final Map<String, ParsedText> texts = new LinkedHashMap<>(64, 0.75f, true);
  private long characters;

  /** The parsed text, from memory or made now. */
  ParsedText get(String text) {
    ParsedText known = find(text);
    if (known != null) {
      return known;
    }
    ParsedText parsed = ParsedText.of(text);
    if (text.length() <= TEXT_CHARACTERS_MAX) {
      keep(text, parsed);
    }
    return parsed;
  }

  synchronized int size() {
    return texts.size();
  }

  synchronized long characters() {
    return characters;
  }

  private synchronized @Nullable ParsedText find(String text) {
    return texts.get(text);
  }

  private synchronized void keep(String text, ParsedText parsed) {
    if (texts.putIfAbsent(text, parsed) == null) {
      characters += text.length();
    }
    Iterator<String> eldest = texts.keySet().iterator();
    while (texts.size() > TEXTS_MAX || characters > CHARACTERS_MAX) {
      characters -= eldest.next().length();
      eldest.remove();
    }
  }
}
