// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

/**
 * One change that is asked for. The expected version is {@link #ANY}, 0 for a document that must
 * not be there, or the version that it must have.
 */
public sealed interface DocumentEdit {

  /** Whatever is there now. */
  long ANY = -1;

  DocumentKey key();

  long expectedVersion();

  /** Makes the document, or puts this text in its place. */
  record Put(DocumentKey key, String json, long expectedVersion) implements DocumentEdit {
    public Put {
      check(expectedVersion);
    }
  }

  /** Takes the document away; nothing where it isn't there and any version is expected. */
  record Delete(DocumentKey key, long expectedVersion) implements DocumentEdit {
    public Delete {
      check(expectedVersion);
    }
  }

  private static void check(long expectedVersion) {
    if (expectedVersion < ANY) {
      throw new IllegalArgumentException(
          "an expected version is %d for any, 0 or more, not %d".formatted(ANY, expectedVersion));
    }
  }
}
