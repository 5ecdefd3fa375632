// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same as {@link Incidents} without memory and threads: each call reads the documents that it
 * needs and changes them if they are still as they were read. Any number of processes may do so at
 * once, and results may come twice or out of order. Thread-safe.
 *
 * <p>Failures of the documents come out as {@link StoreException}, with nothing changed by halves:
 * the same call may be repeated.
 */
public final class IncidentBook implements ResultListener {

  private static final long NONE = 0;

  /** Times that a state is read anew because somebody else changed it; then it is a conflict. */
  static final int ATTEMPTS_MAX = 8;

  private final Documents documents;
  private final IncidentStep steps;
  private final Channels channels;
  private final InstantSource clock;
  private final NoticeListener listener;

  /** A book on these documents; nothing is read yet. */
  public IncidentBook(
      Documents documents, Channels channels, InstantSource clock, NoticeListener listener) {
    this.documents = documents;
    this.steps = new IncidentStep(documents, channels, clock);
    this.channels = channels;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Takes a result in; what follows from it waits for {@link #deliver} afterwards.
   *
   * @throws StoreException why the documents can't be read or written now, or {@code UNAVAILABLE}
   *     where others change the state all the time
   */
  @Override
  public void accept(SlotResult result) {
    change(
        IncidentStep.key(result.slot()),
        found -> steps.taking(result, state(found), found.map(Document::version).orElse(NONE)));
  }

  /** Forgets a site that is no longer watched; incidents of it end now, and that is told. */
  @Override
  public void forget(SiteKey site) {
    List<DocumentKey> keys = new ArrayList<>();
    IncidentStep.forEach(
        documents,
        IncidentStep.STATES,
        IncidentStep.prefix(site),
        document -> keys.add(document.key()));
    keys.forEach(this::end);
  }

  /**
   * Forgets all that is not watched.
   *
   * @param watched whether a site is watched from a region
   */
  public void retain(BiPredicate<SiteKey, String> watched) {
    List<DocumentKey> keys = new ArrayList<>();
    IncidentStep.forEach(
        documents,
        IncidentStep.STATES,
        "",
        document -> {
          if (!IncidentStep.isWatched(document.key(), watched)) {
            keys.add(document.key());
          }
        });
    keys.forEach(this::end);
  }

  /** Open incidents, of one customer or of all; reads all states of them. */
  public List<Incident> open(@Nullable String customer) {
    List<Incident> open = new ArrayList<>();
    IncidentStep.forEach(
        documents,
        IncidentStep.STATES,
        customer == null ? "" : customer + "/",
        document -> {
          Incident incident = IncidentStep.read(document, listener).open();
          if (incident != null) {
            open.add(incident);
          }
        });
    return open;
  }

  /**
   * Tells channels that forget what is still open; to be called each {@link Channel#REFRESH}, by
   * one process. Another one may tell of an end meanwhile, which would be taken back by this: what
   * is not open any more afterwards is ended once more.
   */
  public void refresh() {
    channels
        .byCustomer()
        .forEach((owner, each) -> {
          List<Channel> forgetting = each.stream().filter(Channel::forgets).toList();
          if (!forgetting.isEmpty()) {
            refresh(owner, forgetting);
          }
        });
  }

  private void refresh(String owner, List<Channel> forgetting) {
    String customer = owner.equals(Channels.EVERYBODY) ? null : owner;
    Instant now = clock.instant();
    List<Incident> before = open(customer);
    if (before.isEmpty()) {
      return;
    }
    List<Notice> open =
        before.stream().map(each -> new Notice(Notice.Kind.REPEATED, each, now)).toList();
    Handover handover = new Handover(documents, clock, listener);
    forgetting.forEach(channel -> handover.refresh(owner, channel, open));
    List<Incident> ended = new ArrayList<>(before);
    ended.removeAll(open(customer));
    for (Incident each : ended) {
      Instant end = clock.instant();
      Notice closed = new Notice(Notice.Kind.CLOSED, each.closedAt(end), end);
      forgetting.forEach(channel -> handover.endAgain(owner, channel, closed));
    }
  }

  /**
   * Delivers what waits: channels at once, each in order until its receiver has all or is not to be
   * had now, one attempt a notice.
   *
   * @param deadline no attempt begins later; one that began before ends with its channel's timeout
   * @throws StoreException where the documents can't be read
   */
  public void deliver(Instant deadline) {
    new Round(documents, channels, clock, listener).deliver(deadline);
  }

  private SiteState state(Optional<Document> found) {
    return found.map(document -> IncidentStep.read(document, listener)).orElse(SiteState.WELL);
  }

  private void end(DocumentKey key) {
    change(
        key,
        found ->
            found
                .map(document -> steps.ending(key, state(found), document.version()))
                .orElse(null));
  }

  private void change(
      DocumentKey key, Function<Optional<Document>, IncidentStep.@Nullable Change> step) {
    for (int attempt = 1; ; attempt++) {
      IncidentStep.Change change = step.apply(documents.get(key));
      if (change == null) {
        return;
      }
      try {
        documents.apply(change.edits());
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.CONFLICT) {
          throw e;
        }
        if (attempt == ATTEMPTS_MAX) {
          throw new StoreException(
              StoreException.Kind.UNAVAILABLE,
              "others changed %s each of %d times; repeat later".formatted(key.id(), attempt),
              e);
        }
        continue;
      }
      if (change.notice() != null) {
        listener.happened(change.notice());
      }
      return;
    }
  }
}
