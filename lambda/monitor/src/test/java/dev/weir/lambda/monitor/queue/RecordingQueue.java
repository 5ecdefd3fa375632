// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A queue that keeps what it is sent, and takes what it is told to take. Thread-safe. */
public final class RecordingQueue implements MessageQueue {

  private final List<Message> sent = new CopyOnWriteArrayList<>();
  private volatile Predicate<Message> taken = message -> true;

  /** From now on it takes these alone. */
  public RecordingQueue takes(Predicate<Message> those) {
    taken = those;
    return this;
  }

  public List<Message> sent() {
    return sent;
  }

  public List<String> bodies() {
    return sent.stream().map(Message::body).toList();
  }

  @Override
  public List<Message> send(List<Message> messages) {
    List<Message> unsent = new ArrayList<>();
    for (Message message : messages) {
      (taken.test(message) ? sent : unsent).add(message);
    }
    return unsent;
  }
}
