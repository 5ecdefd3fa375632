// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import java.util.Collection;
import java.util.List;

/** Makes changes durable. Called by one thread at a time. */
@FunctionalInterface
interface ChangeJournal {

  /**
   * Writes these changes, all or none.
   *
   * @param changes at least one, in order, their sequences without gaps
   * @param before all documents as they are without them
   * @throws dev.weir.store.StoreException {@code UNAVAILABLE} where that can't be done now
   */
  void write(List<DocumentChange> changes, Collection<Document> before);
}
