// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

/** Makes channels of a kind that this room does not know, such as topics of a cloud. */
@FunctionalInterface
public interface ChannelKind {

  /**
   * A channel as an entry of the notices file asks for it.
   *
   * @param name what it is called
   * @param target what the entry says under the kind's own name
   * @throws IllegalArgumentException saying what a target of this kind is
   */
  Channel channel(String name, String target);
}
