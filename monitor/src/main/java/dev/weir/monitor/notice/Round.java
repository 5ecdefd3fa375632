// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.Documents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Goes once through all that waits, and tries each. */
final class Round {

  /**
   * A notice for a channel that there is not waits so long before it is given up: a process of an
   * older deployment may not know the channel yet, and a slip in a file be mended.
   */
  static final Duration CHANNEL_MISSING_MAX = Duration.ofHours(1);

  private final Documents documents;
  private final Channels channels;
  private final InstantSource clock;
  private final NoticeListener listener;
  private final Handover handover;

  Round(Documents documents, Channels channels, InstantSource clock, NoticeListener listener) {
    this.documents = documents;
    this.channels = channels;
    this.clock = clock;
    this.listener = listener;
    this.handover = new Handover(documents, clock, listener);
  }

  /** A channel does not wait for another one. */
  void deliver(Instant deadline) {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String prefix : prefixes()) {
        all.add(threads.submit(() -> deliver(prefix, deadline)));
      }
    }
    for (Future<?> each : all) {
      if (each.state() == Future.State.FAILED) {
        throw each.exceptionNow() instanceof RuntimeException e
            ? e
            : new IllegalStateException(each.exceptionNow());
      }
    }
  }

  /** Of the channels for which something waits; one reading each. */
  private List<String> prefixes() {
    List<String> prefixes = new ArrayList<>();
    String after = null;
    while (true) {
      List<Document> first = documents.list(WaitingNotice.COLLECTION, after, 1);
      if (first.isEmpty()) {
        return prefixes;
      }
      String id = first.getFirst().key().id();
      int end = id.indexOf('/', id.indexOf('/') + 1);
      if (end < 0) {
        handover.giveUp(first.getFirst().key(), "its document has no name that says who is told");
        after = id;
      } else {
        prefixes.add(id.substring(0, end + 1));
        after = id.substring(0, end) + '0'; // Right after '/' in UTF-8: past all of this channel.
      }
    }
  }

  private void deliver(String prefix, Instant deadline) {
    String[] names = prefix.split("/");
    Optional<Channel> channel = channels.find(names[0], names[1]);
    List<Document> waiting = new ArrayList<>();
    IncidentStep.forEach(documents, WaitingNotice.COLLECTION, prefix, waiting::add);
    int left = 0;
    for (Document document : waiting) {
      if (!clock.instant().isBefore(deadline)) {
        return;
      }
      Optional<WaitingNotice> notice = WaitingNotice.read(document);
      if (notice.isEmpty()) {
        handover.giveUp(document.key(), "its document can't be read");
      } else if (channel.isEmpty()) {
        if (clock.instant().isAfter(notice.get().since().plus(CHANNEL_MISSING_MAX))) {
          handover.giveUp(
              document.key(),
              "there has been no such channel for " + CHANNEL_MISSING_MAX.toMinutes() + " minutes");
        } else {
          left++;
        }
      } else if (!handover.attempt(channel.get(), notice.get())) {
        return;
      }
    }
    if (left > 0) {
      listener.channelMissing(new ChannelKey(names[0], names[1]), left);
    }
  }
}
