// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes incidents out of results, and tells of them. What it knows is kept as documents, together
 * with the notices that follow from it: after a crash nothing is told twice for want of memory, and
 * nothing that was due is left untold. One process keeps the states in memory; many at once, or
 * ones that come and go, use {@link IncidentBook}. Thread-safe.
 */
public final class Incidents implements ResultListener, AutoCloseable {

  private final Documents documents;
  private final IncidentStep steps;
  private final InstantSource clock;
  private final Pause pause;
  private final NoticeListener listener;
  private final Handover handover;
  private final Map<String, List<Courier>> couriers = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<DocumentKey, Held> states = new ConcurrentSkipListMap<>();
  private final Set<DocumentKey> ending = ConcurrentHashMap.newKeySet();
  private final Thread refreshing =
      Thread.ofVirtual().name("weir-alerts").unstarted(this::refreshing);

  /** The state of one site in one region; it is its own lock. */
  private static final class Held {
    private SiteState state;

    Held(SiteState state) {
      this.state = state;
    }
  }

  /** Goes on where the documents say that it stopped, and begins to deliver what waits. */
  public Incidents(
      Documents documents,
      Channels channels,
      InstantSource clock,
      Pause pause,
      NoticeListener listener) {
    this.documents = documents;
    this.steps = new IncidentStep(documents, channels, clock);
    this.clock = clock;
    this.pause = pause;
    this.listener = listener;
    this.handover = new Handover(documents, clock, listener);
    channels
        .byCustomer()
        .forEach((customer, each) ->
            couriers.put(
                customer,
                each.stream().map(one -> new Courier(customer, one, handover, pause)).toList()));
    IncidentStep.forEach(documents, IncidentStep.STATES, "", this::loadState);
    IncidentStep.forEach(documents, WaitingNotice.COLLECTION, "", this::loadWaiting);
    couriers.values().forEach(each -> each.forEach(Courier::start));
    refreshing.start();
  }

  @Override
  public void accept(SlotResult result) {
    DocumentKey key = IncidentStep.key(result.slot());
    while (true) {
      Held held = states.computeIfAbsent(key, absent -> new Held(SiteState.WELL));
      synchronized (held) {
        if (states.get(key) == held) { // else it was forgotten meanwhile
          ending.remove(key); // the site came back
          take(result, held);
          return;
        }
      }
    }
  }

  private void take(SlotResult result, Held held) {
    IncidentStep.Change change = steps.taking(result, held.state, DocumentEdit.ANY);
    if (change == null) {
      return;
    }
    if (change.after().saysTheSameAs(held.state)) {
      held.state = change.after(); // Results of one process come in order after a restart too.
    } else {
      keep(held, change);
    }
  }

  /** Open incidents, of one customer or of all. */
  public List<Incident> open(@Nullable String customer) {
    return openNotices(customer == null ? Channels.EVERYBODY : customer).stream()
        .map(Notice::incident)
        .toList();
  }

  /** Forgets a site that is no longer watched; an incident of it ends now, and that is told. */
  @Override
  public void forget(SiteKey site) {
    String prefix = IncidentStep.prefix(site);
    List<DocumentKey> keys =
        states.tailMap(new DocumentKey(IncidentStep.STATES, prefix)).keySet().stream()
            .takeWhile(key -> key.id().startsWith(prefix))
            .toList();
    keys.forEach(this::end);
  }

  /**
   * Forgets all that is not watched, before the first result comes: sites may have gone while no
   * Weir ran.
   *
   * @param watched whether a site is watched from a region
   */
  public void retain(BiPredicate<SiteKey, String> watched) {
    for (DocumentKey key : states.keySet()) {
      if (!IncidentStep.isWatched(key, watched)) {
        end(key);
      }
    }
  }

  /** What can't be written now is ended with one of the next refreshes. */
  private void end(DocumentKey key) {
    Held held = states.get(key);
    if (held == null) {
      return;
    }
    synchronized (held) {
      if (states.get(key) != held) {
        return;
      }
      boolean nothing = held.state.equals(SiteState.WELL);
      if (nothing || keep(held, steps.ending(key, held.state, DocumentEdit.ANY))) {
        states.remove(key);
        ending.remove(key);
      } else {
        ending.add(key);
      }
    }
  }

  /** Tells channels that forget what is still open; by itself each {@link Channel#REFRESH}. */
  void refresh() {
    ending.forEach(this::end);
    // At once: a slow receiver must not make another one forget.
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      couriers.forEach((owner, each) ->
          each.forEach(
              courier -> all.add(threads.submit(() -> courier.refresh(() -> openNotices(owner))))));
    }
    for (Future<?> each : all) {
      if (each.state() == Future.State.FAILED
          && each.exceptionNow() instanceof RuntimeException e) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    refreshing.interrupt();
    couriers.values().forEach(each -> each.forEach(Courier::close));
  }

  private void refreshing() {
    try {
      while (true) {
        pause.await(Channel.REFRESH);
        try {
          refresh();
        } catch (RuntimeException e) {
          listener.notKept(e); // The next one follows.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  /** State, notices and history change together, or not at all, and are tried again. */
  private boolean keep(Held held, IncidentStep.Change change) {
    try {
      documents.apply(change.edits());
    } catch (StoreException e) {
      listener.notKept(e);
      return false;
    }
    held.state = change.after();
    change.waiting().forEach(each -> courier(each).ifPresent(courier -> courier.add(each)));
    if (change.notice() != null) {
      listener.happened(change.notice());
    }
    return true;
  }

  private List<Notice> openNotices(String owner) {
    List<Notice> open = new ArrayList<>();
    Instant now = clock.instant();
    for (Held held : states.values()) {
      synchronized (held) {
        Incident incident = held.state.open();
        if (incident != null) {
          open.add(new Notice(Notice.Kind.REPEATED, incident, now));
        }
      }
    }
    return Channels.of(owner, open);
  }

  private void loadState(Document document) {
    states.put(document.key(), new Held(IncidentStep.read(document, listener)));
  }

  private void loadWaiting(Document document) {
    Optional<WaitingNotice> waiting = WaitingNotice.read(document);
    if (waiting.isEmpty()) {
      handover.giveUp(document.key(), "its document can't be read");
      return;
    }
    WaitingNotice notice = waiting.get();
    steps.seen(notice);
    courier(notice)
        .ifPresentOrElse(
            courier -> courier.add(notice),
            () -> handover.giveUp(document.key(), "there is no such channel any more"));
  }

  private Optional<Courier> courier(WaitingNotice notice) {
    return couriers.getOrDefault(notice.owner(), List.of()).stream()
        .filter(courier -> courier.channel().name().equals(notice.channel()))
        .findFirst();
  }
}
