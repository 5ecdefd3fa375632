// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import java.time.Duration;
import java.util.List;

/** Where messages are sent to. Thread-safe. */
@FunctionalInterface
public interface MessageQueue {

  /** Of a message, and of all messages that are sent together, as UTF-8. */
  int BYTES_MAX = 256 << 10;

  /** Messages that are sent together. */
  int BATCH_MAX = 10;

  /** SQS keeps a message back for a quarter of an hour at the most. */
  Duration DELAY_MAX = Duration.ofMinutes(15);

  /**
   * A message.
   *
   * @param delay how long it is kept back, in whole seconds; zero up to {@link #DELAY_MAX}
   */
  record Message(String body, Duration delay) {

    public Message {
      if (delay.isNegative() || delay.compareTo(DELAY_MAX) > 0) {
        throw new IllegalArgumentException(
            "a message is kept back for 0 to 900 seconds, not " + delay.toSeconds());
      }
    }

    /** One that may come at once. */
    public Message(String body) {
      this(body, Duration.ZERO);
    }
  }

  /**
   * Sends messages, any number of them, and repeats what fails for the moment.
   *
   * @return those that could not be sent, by identity; why is in the log
   */
  List<Message> send(List<Message> messages);
}
