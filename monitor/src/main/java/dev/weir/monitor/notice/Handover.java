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
import java.util.function.Supplier;

/** One attempt to hand a notice over to its channel, and what follows from it. Thread-safe. */
record Handover(Documents documents, InstantSource clock, NoticeListener listener) {

  /** A notice that could not be delivered for so long is given up. */
  static final Duration AGE_MAX = Duration.ofHours(24);

  /** Whether it is settled: delivered or given up. Otherwise it waits on. */
  boolean attempt(Channel channel, WaitingNotice waiting) {
    ChannelKey key = new ChannelKey(waiting.owner(), channel.name());
    switch (answer(() -> channel.deliver(waiting.notice()))) {
      case Delivery.Delivered _ -> {
        listener.delivered(key);
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
        listener.postponed(key, why);
        return false;
      }
    }
  }

  /**
   * Tells a channel that forgets what is open, once.
   *
   * @param owner whose channel it is
   * @param open at least one
   */
  void refresh(String owner, Channel channel, List<Notice> open) {
    settle(new ChannelKey(owner, channel.name()), answer(() -> channel.refresh(open)));
  }

  /** Tells a channel that forgets of an end once more, where a refresh may have hidden it. */
  void endAgain(String owner, Channel channel, Notice closed) {
    settle(new ChannelKey(owner, channel.name()), answer(() -> channel.deliver(closed)));
  }

  /** A refusal is no end either: the next refresh is another question. */
  private void settle(ChannelKey channel, Delivery delivery) {
    switch (delivery) {
      case Delivery.Delivered _ -> listener.refreshed(channel);
      case Delivery.Later(String why) -> listener.notRefreshed(channel, why);
      case Delivery.Never(String why) -> listener.notRefreshed(channel, why);
    }
  }

  /** Of a document that waits, whatever it holds. */
  void giveUp(DocumentKey waiting, String why) {
    listener.dead(ChannelKey.of(waiting), why);
    forget(waiting);
  }

  /** A fault of ours must not end the thread: nobody would be told of anything any more. */
  private static Delivery answer(Supplier<Delivery> attempt) {
    try {
      return attempt.get();
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
