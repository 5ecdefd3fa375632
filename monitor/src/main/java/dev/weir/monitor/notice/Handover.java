// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.notice.Channel.Delivery;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** One attempt to hand a notice over to its channel, and what follows from it. Thread-safe. */
record Handover(Documents documents, InstantSource clock, NoticeListener listener) {

  /** A notice that could not be delivered for so long is given up. */
  static final Duration AGE_MAX = Duration.ofHours(24);

  /** Whether it is settled: delivered or given up. Otherwise it waits on. */
  boolean attempt(Channel channel, WaitingNotice waiting) {
    switch (answer(channel, waiting.notice())) {
      case Delivery.Delivered _ -> {
        listener.delivered(channel.name());
        forget(waiting.document());
        return true;
      }
      case Delivery.Never(String why) -> {
        giveUp(waiting.document(), why);
        return true;
      }
      case Delivery.Later(String why) -> {
        if (clock.instant().isAfter(waiting.since().plus(AGE_MAX))) {
          giveUp(waiting.document(), "not delivered for " + AGE_MAX.toHours() + " hours: " + why);
          return true;
        }
        listener.postponed(channel.name(), why);
        return false;
      }
    }
  }

  /** Of a document that waits, whatever it holds. */
  void giveUp(DocumentKey waiting, String why) {
    listener.dead(WaitingNotice.channel(waiting), why);
    forget(waiting);
  }

  /** A fault of ours must not end the thread: nobody would be told of anything any more. */
  private static Delivery answer(Channel channel, Notice notice) {
    try {
      return channel.deliver(notice);
    } catch (RuntimeException e) {
      return new Delivery.Later(e.getClass().getSimpleName());
    }
  }

  /** A document that stays is delivered once more: receivers know its id. */
  private void forget(DocumentKey waiting) {
    try {
      documents.apply(List.of(new DocumentEdit.Delete(waiting, DocumentEdit.ANY)));
    } catch (StoreException e) {
      listener.notKept(e);
    }
  }
}
