// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Notes what it is told, and refuses as it is told to. */
final class FakeChannel implements Channel {

  private final String name;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  final List<String> refreshed = new ArrayList<>();
  private final Deque<Delivery> answers = new ArrayDeque<>();
  private int busy;
  Runnable duringDelivery = () -> {};
  volatile Delivery refreshAnswer = new Delivery.Delivered();
  volatile Runnable duringRefresh = () -> {};

  FakeChannel(String name) {
    this.name = name;
  }

  synchronized void refuseForNow(int times) {
    busy = times;
  }

  synchronized void refuseForGood() {
    answers.add(new Delivery.Never("no thanks"));
  }

  int told() {
    return told.size();
  }

  List<String> take(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(String.valueOf(told.poll(30, TimeUnit.SECONDS)));
    }
    return taken;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Delivery deliver(Notice notice) {
    duringDelivery.run();
    if (busy > 0) {
      busy--;
      return new Delivery.Later("busy");
    }
    Delivery answer = answers.isEmpty() ? new Delivery.Delivered() : answers.poll();
    if (answer instanceof Delivery.Delivered) {
      told.add(notice.kind().spelling() + " " + notice.incident().site().id());
    }
    return answer;
  }

  @Override
  public boolean forgets() {
    return true;
  }

  @Override
  public Delivery refresh(List<Notice> open) {
    duringRefresh.run();
    open.forEach(each -> refreshed.add(each.incident().site().id()));
    return refreshAnswer;
  }
}
