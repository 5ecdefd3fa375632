// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.notice.Channel.Delivery;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Delivers one channel's notices in order, each until its receiver has it, refuses it, or it is too
 * old. A notice waits as a document, so that it survives the process. Thread-safe.
 */
final class Courier implements AutoCloseable {

  /** Notices that may wait for one channel; more are given up. */
  static final int WAITING_MAX = 10_000;

  /** A notice that could not be delivered for so long is given up. */
  static final Duration AGE_MAX = Duration.ofHours(24);

  /** Waited after the first failed attempt; doubled with each further one. */
  static final Duration PAUSE_FIRST = Duration.ofSeconds(1);

  static final Duration PAUSE_MAX = Duration.ofMinutes(5);

  private final Channel channel;
  private final Documents documents;
  private final InstantSource clock;
  private final Pause pause;
  private final NoticeListener listener;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Thread thread = Thread.ofVirtual().name("weir-courier").unstarted(this::run);

  /** A notice on its way, with the document that it is until then. */
  record Waiting(DocumentKey document, Notice notice, Instant since) {}

  Courier(
      Channel channel,
      Documents documents,
      InstantSource clock,
      Pause pause,
      NoticeListener listener) {
    this.channel = channel;
    this.documents = documents;
    this.clock = clock;
    this.pause = pause;
    this.listener = listener;
  }

  void start() {
    thread.start();
  }

  Channel channel() {
    return channel;
  }

  void add(Waiting notice) {
    if (!waiting.offer(notice)) {
      giveUp(notice, WAITING_MAX + " notices wait already");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        deliver(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed; what waits is kept as documents.
    }
  }

  private void deliver(Waiting notice) throws InterruptedException {
    Duration wait = PAUSE_FIRST;
    while (true) {
      switch (attempt(notice.notice())) {
        case Delivery.Delivered _ -> {
          listener.delivered(channel.name());
          forget(notice);
          return;
        }
        case Delivery.Never(String why) -> {
          giveUp(notice, why);
          return;
        }
        case Delivery.Later(String why) -> {
          if (clock.instant().isAfter(notice.since().plus(AGE_MAX))) {
            giveUp(notice, "not delivered for " + AGE_MAX.toHours() + " hours: " + why);
            return;
          }
          listener.postponed(channel.name());
          pause.await(wait);
          Duration doubled = wait.multipliedBy(2);
          wait = doubled.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : doubled;
        }
      }
    }
  }

  private void giveUp(Waiting notice, String why) {
    listener.dead(channel.name(), why);
    forget(notice);
  }

  /** A fault of ours must not end the thread: nobody would be told of anything any more. */
  private Delivery attempt(Notice notice) {
    try {
      return channel.deliver(notice);
    } catch (RuntimeException e) {
      return new Delivery.Later(e.getClass().getSimpleName());
    }
  }

  /** A document that stays is delivered once more after a restart: receivers know its id. */
  private void forget(Waiting notice) {
    try {
      documents.apply(List.of(new DocumentEdit.Delete(notice.document(), DocumentEdit.ANY)));
    } catch (StoreException e) {
      listener.notKept(e);
    }
  }
}
