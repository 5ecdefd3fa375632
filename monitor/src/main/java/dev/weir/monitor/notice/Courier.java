// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Delivers one channel's notices in order, each until its receiver has it, refuses it, or it is too
 * old. A notice waits as a document, so that it survives the process. Thread-safe.
 */
final class Courier implements AutoCloseable {

  /** Notices that may wait for one channel; more are given up. */
  static final int WAITING_MAX = 10_000;

  /** Waited after the first failed attempt; doubled with each further one. */
  static final Duration PAUSE_FIRST = Duration.ofSeconds(1);

  static final Duration PAUSE_MAX = Duration.ofMinutes(5);

  private final String owner;
  private final Channel channel;
  private final Handover handover;
  private final Pause pause;
  private final ReentrantLock channelLock = new ReentrantLock();
  private final BlockingQueue<WaitingNotice> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Thread thread = Thread.ofVirtual().name("weir-courier").unstarted(this::run);

  /**
   * @param owner whose channel it is
   */
  Courier(String owner, Channel channel, Handover handover, Pause pause) {
    this.owner = owner;
    this.channel = channel;
    this.handover = handover;
    this.pause = pause;
  }

  void start() {
    thread.start();
  }

  Channel channel() {
    return channel;
  }

  void add(WaitingNotice notice) {
    if (!waiting.offer(notice)) {
      handover.giveUp(notice.document(), WAITING_MAX + " notices wait already");
    }
  }

  /**
   * Tells a channel that forgets what is open. Nothing is delivered meanwhile: an end that was told
   * in between would be followed by the news that it is still open.
   */
  void refresh(Supplier<List<Notice>> open) {
    if (!channel.forgets()) {
      return;
    }
    channelLock.lock();
    try {
      List<Notice> now = open.get();
      if (!now.isEmpty()) {
        handover.refresh(owner, channel, now);
      }
    } finally {
      channelLock.unlock();
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

  private void deliver(WaitingNotice notice) throws InterruptedException {
    Duration wait = PAUSE_FIRST;
    while (!attempt(notice)) {
      pause.await(wait);
      Duration doubled = wait.multipliedBy(2);
      wait = doubled.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : doubled;
    }
  }

  private boolean attempt(WaitingNotice notice) {
    channelLock.lock();
    try {
      return handover.attempt(channel, notice);
    } finally {
      channelLock.unlock();
    }
  }
}
