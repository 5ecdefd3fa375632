// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From the state of a site in one region to the next one, and to the documents that say so: the
 * state, what waits for each channel, and the history. They change together. It remembers nothing
 * but the last number of a notice. Thread-safe.
 */
final class IncidentStep {

  static final String STATES = "site-states";

  /** Documents that are read at once. */
  static final int PAGE = 500;

  private final Documents documents;
  private final Channels channels;
  private final InstantSource clock;
  private final AtomicLong lastNumber = new AtomicLong();

  /**
   * What is to be done.
   *
   * @param waiting notices that leave with it
   */
  record Change(
      SiteState after,
      @Nullable Notice notice,
      List<WaitingNotice> waiting,
      List<DocumentEdit> edits) {}

  IncidentStep(Documents documents, Channels channels, InstantSource clock) {
    this.documents = documents;
    this.channels = channels;
    this.clock = clock;
  }

  static DocumentKey key(Slot slot) {
    return new DocumentKey(STATES, prefix(slot.site().key()) + slot.region());
  }

  /** What the states of one site's regions begin with. */
  static String prefix(SiteKey site) {
    return site + "/";
  }

  /** What a result changes of a state; null for nothing. */
  @Nullable Change taking(SlotResult result, SiteState before, long version) {
    SiteState.Step step = before.next(result, clock.instant());
    if (step.after().equals(before)) {
      return null;
    }
    DocumentEdit edit =
        new DocumentEdit.Put(key(result.slot()), NoticeText.of(step.after()), version);
    return change(edit, step);
  }

  /** The end of a state whose site is not watched any more; an open incident ends now. */
  Change ending(DocumentKey key, SiteState before, long version) {
    Instant now = clock.instant();
    Incident open = before.open();
    Notice notice = open == null ? null : new Notice(Notice.Kind.CLOSED, open.closedAt(now), now);
    return change(
        new DocumentEdit.Delete(key, version), new SiteState.Step(SiteState.WELL, notice));
  }

  /** The state that a document holds; one that can't be read counts as none, and is told. */
  static SiteState read(Document document, NoticeListener listener) {
    try {
      return NoticeText.state(document.json());
    } catch (RuntimeException e) {
      listener.unreadable(document.key().id(), e);
      return SiteState.WELL;
    }
  }

  /** Whether a state is of a site that is watched from its region. */
  static boolean isWatched(DocumentKey state, BiPredicate<SiteKey, String> watched) {
    String[] id = state.id().split("/", 3);
    try {
      return id.length == 3 && watched.test(new SiteKey(id[0], id[1]), id[2]);
    } catch (IllegalArgumentException _) {
      return false; // No site is called so.
    }
  }

  /** New notices get numbers after this one. */
  void seen(WaitingNotice waiting) {
    lastNumber.accumulateAndGet(waiting.number(), Math::max);
  }

  /** Reads the documents of a collection whose ids begin so, in order. */
  static void forEach(
      Documents documents, String collection, String prefix, Consumer<Document> action) {
    String after = prefix.isEmpty() ? null : prefix;
    List<Document> page;
    do {
      page = documents.list(collection, after, PAGE);
      for (Document document : page) {
        if (!document.key().id().startsWith(prefix)) {
          return;
        }
        action.accept(document);
      }
      after = page.isEmpty() ? after : page.getLast().key().id();
    } while (page.size() == PAGE);
  }

  private Change change(DocumentEdit state, SiteState.Step step) {
    List<DocumentEdit> edits = new ArrayList<>();
    edits.add(state);
    Notice notice = step.notice();
    List<WaitingNotice> waiting = notice == null ? List.of() : waiting(notice);
    waiting.forEach(each -> edits.add(each.edit()));
    if (notice != null && notice.kind() == Notice.Kind.CLOSED) {
      edits.addAll(History.edits(documents, notice));
    }
    return new Change(step.after(), notice, waiting, edits);
  }

  private List<WaitingNotice> waiting(Notice notice) {
    List<WaitingNotice> waiting = new ArrayList<>();
    long now = clock.instant().toEpochMilli() * 1_000;
    for (String owner : List.of(notice.incident().site().customer(), Channels.EVERYBODY)) {
      for (Channel channel : channels.byCustomer().getOrDefault(owner, List.of())) {
        long number = lastNumber.accumulateAndGet(now, (last, from) -> Math.max(last + 1, from));
        waiting.add(WaitingNotice.of(owner, channel.name(), number, notice));
      }
    }
    return waiting;
  }
}
