// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Why something is refused. */
record Refusal(Reason reason, String message) {

  private static final int SHOWN_LENGTH = 80;

  /** A size over its limit. */
  static Refusal size(String what, String name, int bytes, int max) {
    return new Refusal(
        Reason.LIMIT,
        "%s \"%s\" has %d bytes, the limit is %d".formatted(what, shortened(name), bytes, max));
  }

  /** A text over its limit, or one that is none; else null. */
  static @Nullable Refusal ofText(String what, String text, int max) {
    int bytes = utf8Bytes(text);
    if (bytes < 0) {
      return new Refusal(
          Reason.NAME,
          "%s \"%s\" is not allowed: it has half of a surrogate pair"
              .formatted(what, shortened(text)));
    }
    return bytes > max ? size(what, text, bytes, max) : null;
  }

  /** The length of a text in UTF-8; -1 where it has half of a surrogate pair. */
  static int utf8Bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes++;
      } else if (unit < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(unit)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        return -1;
      }
    }
    return bytes;
  }

  private static String shortened(String name) {
    return name.length() <= SHOWN_LENGTH ? name : name.substring(0, SHOWN_LENGTH) + "…";
  }
}
