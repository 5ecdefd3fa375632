// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.monitor.notice.Channel;
import dev.weir.monitor.notice.Notice;
import java.util.ArrayList;
import java.util.List;

/** Somebody who remembers what he was told, and may not be there. */
final class ToldChannel implements Channel {

  private final List<String> told = new ArrayList<>();
  private final List<String> refreshed = new ArrayList<>();
  private boolean away;
  private Runnable whenTold = () -> {};

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  /** The open incidents of each refresh, joined. */
  synchronized List<String> refreshed() {
    return List.copyOf(refreshed);
  }

  synchronized void away(boolean now) {
    away = now;
  }

  /** Runs while this channel is told something. */
  synchronized void whenTold(Runnable action) {
    whenTold = action;
  }

  @Override
  public String name() {
    return "hook";
  }

  @Override
  public synchronized Delivery deliver(Notice notice) {
    if (away) {
      return new Delivery.Later("nobody is there");
    }
    told.add(text(notice));
    whenTold.run();
    return new Delivery.Delivered();
  }

  @Override
  public boolean forgets() {
    return true;
  }

  @Override
  public synchronized Delivery refresh(List<Notice> open) {
    refreshed.add(String.join(", ", open.stream().map(ToldChannel::text).toList()));
    return new Delivery.Delivered();
  }

  private static String text(Notice notice) {
    return notice.kind().spelling() + " " + notice.incident().site();
  }
}
