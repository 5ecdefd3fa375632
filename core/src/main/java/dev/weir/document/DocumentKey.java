// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Names one document. Ordered by collection, then by the UTF-8 bytes of the id.
 *
 * @param collection what kind of document it is, such as {@code sites}: 1 to 64 of {@code a-z-}
 * @param id unique in the collection: 1 to {@value #ID_LENGTH_MAX} characters of Unicode
 */
public record DocumentKey(String collection, String id) implements Comparable<DocumentKey> {

  public static final int ID_LENGTH_MAX = 512;

  private static final Pattern COLLECTION = Pattern.compile("[a-z-]{1,64}");

  private static final Comparator<DocumentKey> ORDER =
      Comparator.comparing(DocumentKey::collection)
          .thenComparing(DocumentKey::id, DocumentKey::byCodePoints);

  public DocumentKey {
    if (!COLLECTION.matcher(collection).matches()) {
      throw new IllegalArgumentException(
          "a collection is 1 to 64 of a-z and -, not '" + collection + "'");
    }
    if (id.isEmpty() || id.length() > ID_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a document's id has 1 to %d characters, not %d".formatted(ID_LENGTH_MAX, id.length()));
    }
    if (!isUnicode(id)) {
      throw new IllegalArgumentException("a document's id holds half of a surrogate pair");
    }
  }

  @Override
  public int compareTo(DocumentKey other) {
    return ORDER.compare(this, other);
  }

  /** Whether each surrogate has its other half, so that the text survives UTF-8. */
  static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The order of UTF-8 is that of code points; that of Java's strings is not. */
  private static int byCodePoints(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean astral = Character.isSurrogate(a);
        return astral == Character.isSurrogate(b) ? Character.compare(a, b) : astral ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
