// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

/**
 * Names one document.
 *
 * @param collection what kind of document it is, such as {@code sites}: 1 to 64 of {@code a-z-}
 * @param id unique in the collection: 1 to {@value #ID_LENGTH_MAX} characters
 */
public record DocumentKey(String collection, String id) {

  public static final int ID_LENGTH_MAX = 512;

  public DocumentKey {
    if (!collection.matches("[a-z-]{1,64}")) {
      throw new IllegalArgumentException(
          "a collection is 1 to 64 of a-z and -, not '" + collection + "'");
    }
    if (id.isEmpty() || id.length() > ID_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a document's id has 1 to %d characters, not %d".formatted(ID_LENGTH_MAX, id.length()));
    }
  }
}
