// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.DocumentKey;

/**
 * Which channel it is among those of all customers: its name alone says that only among its
 * customer's.
 *
 * @param customer whose channel it is, or {@link Channels#EVERYBODY}; empty where a document that
 *     waits does not say it
 * @param name as {@link Channel#name}, or the whole id of such a document
 */
public record ChannelKey(String customer, String name) {

  /** Of a document that waits for a channel. */
  static ChannelKey of(DocumentKey waiting) {
    String[] id = waiting.id().split("/");
    return id.length > 1 ? new ChannelKey(id[0], id[1]) : new ChannelKey("", waiting.id());
  }
}
