// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

import java.util.function.Consumer;

/**
 * Documents that tell this process of their changes. Those of DynamoDB don't: their changes go to a
 * function, as a stream.
 */
public interface FollowedDocuments extends Documents {

  /**
   * Tells of each change of a collection that is made after this call, in order, once, on a thread
   * of the store's. A listener that throws is told of the next change all the same.
   *
   * @return ends the telling when it is closed
   */
  Subscription follow(String collection, Consumer<DocumentChange> listener);

  /** A listener's place in the feed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
