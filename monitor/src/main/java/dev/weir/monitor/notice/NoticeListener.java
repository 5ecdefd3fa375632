// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

/** Is told what there is to count; thread-safe, quick. */
public interface NoticeListener {

  /** Counts nothing. */
  NoticeListener NONE = new NoticeListener() {};

  /** An incident opened, closed or is told again, whether or not anybody is told. */
  default void happened(Notice notice) {}

  /** A receiver has a notice. */
  default void delivered(ChannelKey channel) {}

  /** An attempt failed and will be repeated; why is the same in words while its cause is. */
  default void postponed(ChannelKey channel, String why) {}

  /** Notices wait for a channel that there is not; a roll-out or a mended file may bring it. */
  default void channelMissing(ChannelKey channel, int waiting) {}

  /** A notice was given up: its receiver refuses it, it is too old, or too many wait. */
  default void dead(ChannelKey channel, String why) {}

  /** A channel that forgets was told again of all that is open. */
  default void refreshed(ChannelKey channel) {}

  /**
   * A channel that forgets could not be told again of what is open; the next attempt follows in
   * {@link Channel#REFRESH}. Why is the same in words while its cause is.
   */
  default void notRefreshed(ChannelKey channel, String why) {}

  /** The state of a site and region can't be read; it counts as well from then on. */
  default void unreadable(String state, RuntimeException why) {}

  /** States or notices could not be kept; the next run tries again. */
  default void notKept(RuntimeException why) {}
}
