// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;

/**
 * How many cells of a terminal a character takes, after Unicode's "East Asian Width" (UAX 11):
 * ideographs, kana, hangul, full-width forms and emoji two, marks that go onto the character before
 * none.
 */
final class CellWidth {

  /** The half-width forms share a block with the full-width ones, which end before these. */
  private static final int HALF_WIDTH_FIRST = 0xFF61;

  private static final int HALF_WIDTH_LAST = 0xFFDC;

  private CellWidth() {}

  static int of(int character) {
    if (character < 0x300) {
      return 1;
    }
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    if (character >= HALF_WIDTH_FIRST && character <= HALF_WIDTH_LAST) {
      return false;
    }
    if (Character.isEmojiPresentation(character)) {
      return true;
    }
    UnicodeBlock block = UnicodeBlock.of(character);
    return switch (UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> true;
      default ->
          UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS.equals(block)
              || UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION.equals(block);
    };
  }
}
