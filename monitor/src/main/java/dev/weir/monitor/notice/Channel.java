// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import java.time.Duration;
import java.util.List;

/** A way to tell somebody. Blocks while it delivers; thread-safe. */
public interface Channel {

  /** How often an open incident is told of to channels that forget, at most. */
  Duration REFRESH = Duration.ofMinutes(1);

  /**
   * Unique among a customer's channels, and the same after a restart: letters, digits, {@code -}.
   */
  String name();

  Delivery deliver(Notice notice);

  /** Whether its receiver takes silence for the end of an incident, so that it is refreshed. */
  default boolean forgets() {
    return false;
  }

  /**
   * Says again that these incidents are open, to a receiver that {@link #forgets}. What fails is
   * not repeated: the next one follows in {@link #REFRESH}.
   *
   * @param open at least one
   */
  default Delivery refresh(List<Notice> open) {
    return new Delivery.Delivered();
  }

  /** What became of a delivery. */
  sealed interface Delivery {

    /** The receiver has it. */
    record Delivered() implements Delivery {}

    /** It may succeed later. */
    record Later(String why) implements Delivery {}

    /** It never will: the receiver refuses it. */
    record Never(String why) implements Delivery {}
  }
}
