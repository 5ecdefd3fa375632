// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.Documents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Incidents, open and closed, newest first. Documents can be read forwards only, and closed
 * incidents stand in the order of their beginnings: so a page goes back in windows of time that
 * grow until it is full, and each document is looked at once. Thread-safe; keeps nothing.
 */
public final class IncidentReader {

  /** The most incidents of one page. */
  public static final int PAGE_MAX = 1_000;

  /** The first window back; what is asked for most is of the last days. */
  private static final Duration WINDOW = Duration.ofDays(7);

  private static final int WINDOW_GROWTH = 4;

  /** Sorts right behind the slash that ends a customer's name. */
  private static final String BEHIND_SLASH = "0";

  /** Behind all moments in the ids of documents. */
  private static final long END = 999_999_999_999_999L;

  private final Documents documents;
  private final InstantSource clock;

  /** Reads what {@link Incidents} or {@link IncidentBook} wrote into these documents. */
  public IncidentReader(Documents documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /** Which incidents are asked for. */
  public enum Kind {
    ALL,
    OPEN,
    CLOSED
  }

  /**
   * Where a page ends.
   *
   * @param startMillis of its last incident, since the epoch
   * @param id of its last incident
   */
  public record Place(long startMillis, String id) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})~([A-Za-z0-9._/-]{1,250})");

    /** Reads {@link #toString}; empty for any other text. */
    public static Optional<Place> of(String text) {
      Matcher matcher = FORM.matcher(text);
      return matcher.matches()
          ? Optional.of(new Place(Long.parseLong(matcher.group(1)), matcher.group(2)))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return startMillis + "~" + id;
    }
  }

  /**
   * What a page holds.
   *
   * @param customer null for all that are seen
   * @param seen whether incidents of a customer may be there
   * @param site null for all
   * @param after the {@link Page#next} of the page before; null for the first
   * @param limit 1 to {@link #PAGE_MAX}
   */
  public record Question(
      @Nullable String customer,
      Predicate<String> seen,
      @Nullable String site,
      Kind kind,
      @Nullable Place after,
      int limit) {
    public Question {
      if (limit < 1 || limit > PAGE_MAX) {
        throw new IllegalArgumentException(
            "a page has 1 to %d incidents, not %d".formatted(PAGE_MAX, limit));
      }
    }
  }

  /** Some incidents, newest first, and where to go on. */
  public record Page(List<Incident> incidents, Optional<Place> next) {
    public Page {
      incidents = List.copyOf(incidents);
    }
  }

  /** One that may be on the page; a document is read only once it is certain. */
  private record Found(Place place, @Nullable Incident open, @Nullable Document closed) {
    static final Comparator<Found> NEWEST_FIRST =
        Comparator.comparingLong((Found each) -> each.place.startMillis)
            .reversed()
            .thenComparing(each -> each.place.id);
  }

  /** One page. A document that can't be read is left out, and the page is shorter by it. */
  public Page page(Question question) {
    TreeSet<Found> found = new TreeSet<>(Found.NEWEST_FIRST);
    if (question.kind() != Kind.CLOSED) {
      open(question, found);
    }
    if (question.kind() != Kind.OPEN) {
      // Later: one that closes meanwhile is in both, and in none the other way round.
      closed(question, found);
    }
    boolean more = found.size() > question.limit();
    if (more) {
      found.pollLast(); // it was kept to know of it
    }
    return new Page(
        found.stream().map(IncidentReader::incident).flatMap(Optional::stream).toList(),
        more ? Optional.of(found.last().place()) : Optional.empty());
  }

  // ---- open ones ----

  private void open(Question question, TreeSet<Found> found) {
    for (String customer : customers(question, IncidentStep.STATES)) {
      String prefix =
          question.site() == null ? customer + "/" : customer + "/" + question.site() + "/";
      IncidentStep.forEach(
          documents,
          IncidentStep.STATES,
          prefix,
          document ->
              state(document)
                  .ifPresent(incident -> {
                    Place place = new Place(incident.start().toEpochMilli(), incident.id());
                    add(question, found, new Found(place, incident, null));
                  }));
    }
  }

  private static Optional<Incident> state(Document document) {
    try {
      return Optional.ofNullable(NoticeText.state(document.json()).open());
    } catch (RuntimeException _) {
      return Optional.empty(); // who keeps the states has told of it
    }
  }

  // ---- closed ones ----

  private void closed(Question question, TreeSet<Found> found) {
    List<String> customers = customers(question, History.CLOSED);
    long end = question.after() == null ? END : question.after().startMillis() + 1;
    Duration window = WINDOW;
    Instant newest = clock.instant();
    while (end > 0 && !(isFull(question, found) && found.last().place().startMillis() >= end)) {
      long start = Math.max(0, Math.min(end, newest.toEpochMilli()) - window.toMillis());
      if (window.compareTo(History.AGE_MAX) > 0) {
        start = 0; // what began before that and has not gone yet
      }
      for (String customer : customers) {
        forEachClosed(customer, start, end, question, found);
      }
      end = start;
      window = window.multipliedBy(WINDOW_GROWTH);
    }
  }

  private static boolean isFull(Question question, TreeSet<Found> found) {
    return found.size() > question.limit();
  }

  private void forEachClosed(
      String customer, long start, long end, Question question, TreeSet<Found> found) {
    String prefix = customer + "/";
    String until = prefix + History.number(end);
    forEachFrom(
        prefix + History.number(start),
        document -> {
          String id = document.key().id();
          if (!id.startsWith(prefix) || id.compareTo(until) >= 0) {
            return false;
          }
          String[] parts = id.split("/", 4); // customer, start, site, region
          if (parts.length == 4
              && parts[1].matches("\\d{15}")
              && (question.site() == null || question.site().equals(parts[2]))) {
            long began = Long.parseLong(parts[1]);
            String name = "%s/%s/%s/%d".formatted(parts[0], parts[2], parts[3], began);
            add(question, found, new Found(new Place(began, name), null, document));
          }
          return true;
        });
  }

  private void forEachFrom(String first, Predicate<Document> goesOn) {
    String after = first;
    while (true) {
      List<Document> page = documents.list(History.CLOSED, after, IncidentStep.PAGE);
      for (Document document : page) {
        if (!goesOn.test(document)) {
          return;
        }
        after = document.key().id();
      }
      if (page.size() < IncidentStep.PAGE) {
        return;
      }
    }
  }

  private static Optional<Incident> incident(Found found) {
    if (found.closed() == null) {
      return Optional.ofNullable(found.open());
    }
    try {
      return Optional.of(NoticeText.notice(found.closed().json()).incident());
    } catch (RuntimeException _) {
      return Optional.empty(); // of a newer Weir
    }
  }

  // ---- both ----

  /** Holds no more than a page and one, which says that there is another. */
  private static void add(Question question, TreeSet<Found> found, Found each) {
    Place after = question.after();
    if (after != null && Found.NEWEST_FIRST.compare(each, new Found(after, null, null)) <= 0) {
      return;
    }
    found.remove(each); // that was open before
    found.add(each);
    if (found.size() > question.limit() + 1) { // one more than a page
      found.pollLast();
    }
  }

  /** Who has documents of a kind and is asked for; found by leaps from one to the next. */
  private List<String> customers(Question question, String collection) {
    if (question.customer() != null) {
      return question.seen().test(question.customer()) ? List.of(question.customer()) : List.of();
    }
    List<String> customers = new ArrayList<>();
    String after = null;
    while (true) {
      List<Document> next = documents.list(collection, after, 1);
      if (next.isEmpty()) {
        return customers;
      }
      String id = next.getFirst().key().id();
      int slash = id.indexOf('/');
      if (slash < 0) {
        after = id;
        continue;
      }
      String customer = id.substring(0, slash);
      if (question.seen().test(customer)) {
        customers.add(customer);
      }
      after = customer + BEHIND_SLASH;
    }
  }
}
