// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

/**
 * A document as it is stored.
 *
 * @param version 1 when it was made, one more with each change
 * @param json its text, at most {@link Documents#BYTES_MAX} bytes of UTF-8
 */
public record Document(DocumentKey key, long version, String json) {

  public Document {
    if (version < 1) {
      throw new IllegalArgumentException("a document's version is at least 1, not " + version);
    }
  }
}
