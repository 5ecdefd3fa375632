// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Courier.Waiting;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes incidents out of results, and tells of them. What it knows is kept as documents, together
 * with the notices that follow from it: after a crash nothing is told twice for want of memory, and
 * nothing that was due is left untold. Thread-safe.
 */
public final class Incidents implements ResultListener, AutoCloseable {

  private static final String STATES = "site-states";
  private static final String WAITING = "waiting-notices";

  private static final int PAGE = 500;

  private final Documents documents;
  private final InstantSource clock;
  private final Pause pause;
  private final NoticeListener listener;
  private final Map<String, List<Courier>> couriers = new ConcurrentHashMap<>();
  private final Map<DocumentKey, Held> states = new ConcurrentHashMap<>();
  private final AtomicLong lastNumber = new AtomicLong();
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
    this.clock = clock;
    this.pause = pause;
    this.listener = listener;
    channels
        .byCustomer()
        .forEach((customer, each) ->
            couriers.put(
                customer,
                each.stream()
                    .map(one -> new Courier(one, documents, clock, pause, listener))
                    .toList()));
    forEach(STATES, this::loadState);
    forEach(WAITING, this::loadWaiting);
    couriers.values().forEach(each -> each.forEach(Courier::start));
    refreshing.start();
  }

  @Override
  public void accept(SlotResult result) {
    SiteKey site = result.slot().site().key();
    DocumentKey key = new DocumentKey(STATES, site + "/" + result.slot().region());
    Held held = states.computeIfAbsent(key, absent -> new Held(SiteState.WELL));
    synchronized (held) {
      SiteState.Step step = held.state.next(result);
      if (!step.after().equals(held.state)) {
        keep(key, held, step);
      }
    }
  }

  /** Open incidents, of one customer or of all. */
  public List<Incident> open(@Nullable String customer) {
    return openNotices(customer).stream().map(Notice::incident).toList();
  }

  /** Forgets a site that is no longer watched; an incident of it ends now, and that is told. */
  public void forget(SiteKey site) {
    String prefix = site + "/";
    states.forEach((key, held) -> {
      if (key.id().startsWith(prefix)) {
        synchronized (held) {
          Instant now = clock.instant();
          Incident open = held.state.open();
          Notice notice =
              open == null ? null : new Notice(Notice.Kind.CLOSED, open.closedAt(now), now);
          keep(key, held, new SiteState.Step(SiteState.WELL, notice));
        }
        states.remove(key);
      }
    });
  }

  /** Tells channels that forget what is still open; by itself each {@link Channel#REFRESH}. */
  void refresh() {
    couriers.forEach((customer, each) -> {
      List<Notice> open = openNotices(customer.equals(Channels.EVERYBODY) ? null : customer);
      if (!open.isEmpty()) {
        each.forEach(courier -> courier.channel().refresh(open));
      }
    });
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

  /** State, notices and history change together, or the next run tries again. */
  private void keep(DocumentKey key, Held held, SiteState.Step step) {
    List<DocumentEdit> edits = new ArrayList<>();
    edits.add(
        step.after().equals(SiteState.WELL)
            ? new DocumentEdit.Delete(key, DocumentEdit.ANY)
            : new DocumentEdit.Put(key, NoticeText.of(step.after()), DocumentEdit.ANY));
    Notice notice = step.notice();
    Map<Courier, Waiting> leaving = notice == null ? Map.of() : waiting(notice);
    leaving
        .values()
        .forEach(each ->
            edits.add(
                new DocumentEdit.Put(
                    each.document(), NoticeText.of(each.notice()), DocumentEdit.ANY)));
    if (notice != null && notice.kind() == Notice.Kind.CLOSED) {
      edits.addAll(History.edits(documents, notice));
    }
    try {
      documents.apply(edits);
    } catch (StoreException e) {
      listener.notKept(e);
      return;
    }
    held.state = step.after();
    leaving.forEach(Courier::add);
    if (notice != null) {
      listener.happened(notice);
    }
  }

  private Map<Courier, Waiting> waiting(Notice notice) {
    Map<Courier, Waiting> leaving = new ConcurrentHashMap<>();
    Instant now = clock.instant();
    for (String customer : List.of(notice.incident().site().customer(), Channels.EVERYBODY)) {
      for (Courier courier : couriers.getOrDefault(customer, List.of())) {
        // Ids of one channel ascend, so that a restart keeps their order.
        long number =
            lastNumber.accumulateAndGet(
                now.toEpochMilli() * 1_000, (last, from) -> Math.max(last + 1, from));
        String id = "%s/%s/%020d".formatted(customer, courier.channel().name(), number);
        leaving.put(courier, new Waiting(new DocumentKey(WAITING, id), notice, now));
      }
    }
    return leaving;
  }

  private List<Notice> openNotices(@Nullable String customer) {
    List<Notice> open = new ArrayList<>();
    for (Held held : states.values()) {
      synchronized (held) {
        Incident incident = held.state.open();
        if (incident != null && (customer == null || incident.site().customer().equals(customer))) {
          open.add(new Notice(Notice.Kind.REPEATED, incident, clock.instant()));
        }
      }
    }
    return open;
  }

  private void loadState(Document document) {
    states.put(document.key(), new Held(NoticeText.state(document.json())));
  }

  private void loadWaiting(Document document) {
    String[] id = document.key().id().split("/");
    long number = Long.parseLong(id[2]);
    lastNumber.accumulateAndGet(number, Math::max);
    Waiting notice =
        new Waiting(
            document.key(),
            NoticeText.notice(document.json()),
            Instant.ofEpochMilli(number / 1_000));
    couriers.getOrDefault(id[0], List.of()).stream()
        .filter(courier -> courier.channel().name().equals(id[1]))
        .findFirst()
        .ifPresentOrElse(
            courier -> courier.add(notice),
            () -> {
              listener.dead(id[1], "there is no such channel any more");
              documents.apply(List.of(new DocumentEdit.Delete(document.key(), DocumentEdit.ANY)));
            });
  }

  private void forEach(String collection, Consumer<Document> action) {
    String after = null;
    List<Document> page;
    do {
      page = documents.list(collection, after, PAGE);
      page.forEach(action);
      after = page.isEmpty() ? after : page.getLast().key().id();
    } while (page.size() == PAGE);
  }
}
