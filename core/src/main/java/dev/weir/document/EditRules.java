// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What any keeper of documents refuses before it looks at what it has. */
public final class EditRules {

  private EditRules() {}

  /**
   * Lets edits pass that can be made together.
   *
   * @throws StoreException {@code BAD_REQUEST} naming the document and the limit
   */
  public static void check(List<DocumentEdit> edits) {
    if (edits.size() > Documents.EDITS_MAX) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "%d documents can't be changed together, at most %d"
              .formatted(edits.size(), Documents.EDITS_MAX));
    }
    Set<DocumentKey> keys = new HashSet<>();
    for (DocumentEdit edit : edits) {
      if (!keys.add(edit.key())) {
        throw new StoreException(
            Kind.BAD_REQUEST, name(edit.key()) + " is changed twice at once; change it once");
      }
      if (edit instanceof DocumentEdit.Put put) {
        check(put);
      }
    }
  }

  /**
   * The failure of an edit that expected another version than the one that is there, 0 for none.
   */
  public static StoreException conflict(DocumentEdit edit, long version) {
    String found = version == 0 ? "is not there" : "has version " + version;
    String expected =
        edit.expectedVersion() == 0 ? "expected none" : "expected " + edit.expectedVersion();
    return new StoreException(
        Kind.CONFLICT,
        "%s %s, %s: read it again and repeat the change"
            .formatted(name(edit.key()), found, expected));
  }

  private static void check(DocumentEdit.Put put) {
    if (!DocumentKey.isUnicode(put.json())) {
      throw new StoreException(
          Kind.BAD_REQUEST, name(put.key()) + " holds half of a surrogate pair");
    }
    // Three bytes a char at the most, so that most texts need no counting.
    int bytes =
        put.json().length() * 3L <= Documents.BYTES_MAX
            ? 0
            : put.json().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Documents.BYTES_MAX) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "%s has %d bytes, at most %d".formatted(name(put.key()), bytes, Documents.BYTES_MAX));
    }
  }

  private static String name(DocumentKey key) {
    return "document '%s' of %s".formatted(key.id(), key.collection());
  }
}
