// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.site;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.document.FollowedDocuments;
import dev.weir.document.FollowedDocuments.Subscription;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteDifference;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sites, kept as documents of the collection {@value #COLLECTION} under {@code customer/id}. A
 * document that can't be read, such as one of a newer Weir, is left out and logged; it stands in
 * nobody's way and can be changed and removed. Thread-safe.
 *
 * <p>Where a method takes a customer, it sees that customer's sites alone; null is for the
 * operator, who sees all.
 */
public final class SiteBook {

  public static final String COLLECTION = "sites";

  /** Sites of one customer. */
  public static final int SITES_MAX = 10_000;

  /** Sites of one page of a list. */
  public static final int PAGE_MAX = 1_000;

  /**
   * Documents that are read at once where all are wanted: where there is no order, each costs all.
   */
  private static final int READ_MAX = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(SiteBook.class);

  /** Unreadable documents that are remembered as told of; beyond it they are told of again. */
  private static final int WARNED_MAX = 1_000;

  private final Documents documents;
  private final SiteReader reader;

  /** Versions by id. */
  private final Map<String, Long> warned = new ConcurrentHashMap<>();

  /**
   * A book over these documents.
   *
   * @param region of this process; documents name theirs, so it serves only what lacks one
   */
  public SiteBook(Documents documents, String region) {
    this.documents = documents;
    this.reader = new SiteReader(region);
  }

  /** The site of this name; empty where it is not there or can't be read. */
  public Optional<StoredSite> get(SiteKey key) {
    return documents.get(documentKey(key)).flatMap(this::stored);
  }

  /**
   * Sites in the order of customer and id.
   *
   * @param after the {@link SitePage#next} of the page before; null for the beginning
   * @param limit 1 to {@value #PAGE_MAX}; a page may hold fewer and still have a next
   */
  public SitePage list(@Nullable String customer, @Nullable String after, int limit) {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new StoreException(
          StoreException.Kind.BAD_REQUEST,
          "a page has 1 to %d sites, not %d".formatted(PAGE_MAX, limit));
    }
    List<Document> page = page(customer, after, limit);
    List<StoredSite> sites = page.stream().map(this::stored).flatMap(Optional::stream).toList();
    return new SitePage(
        sites, page.size() < limit ? Optional.empty() : Optional.of(page.getLast().key().id()));
  }

  /**
   * Customers with sites, by name: one document is read of each.
   *
   * @param max where to stop
   */
  public List<String> customers(int max) {
    List<String> customers = new ArrayList<>();
    String after = null;
    while (customers.size() < max) {
      List<Document> first = page(null, after, 1);
      if (first.isEmpty()) {
        break;
      }
      String id = first.getFirst().key().id();
      int slash = id.indexOf('/');
      String customer = slash < 0 ? id : id.substring(0, slash);
      if (slash >= 0) {
        customers.add(customer);
      }
      // '0' is the character behind '/': whatever else begins with the name comes before or after.
      after = slash < 0 ? id : customer + "0";
    }
    return customers;
  }

  /** All sites, page by page, for who keeps a picture of them in memory. */
  public List<StoredSite> all(@Nullable String customer) {
    return documents(customer).values().stream()
        .map(this::stored)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * What must change for these sites to be there; nothing is changed yet.
   *
   * @param prune whether sites that are not wanted go
   * @throws StoreException {@code DENIED} for a site of another customer; {@code BAD_REQUEST} for
   *     two of one name, or more than {@link #SITES_MAX} of a customer
   */
  public SitePlan plan(@Nullable String customer, List<Site> wanted, boolean prune) {
    Map<String, Site> byId = wantedById(customer, wanted);
    Map<String, Document> present = documents(customer);
    List<SitePlan.Addition> additions = new ArrayList<>();
    List<SitePlan.Change> changes = new ArrayList<>();
    List<SitePlan.Removal> removals = new ArrayList<>();
    List<SiteKey> unchanged = new ArrayList<>();
    byId.forEach((id, site) -> {
      Document document = present.get(id);
      String text = SiteWriter.write(site);
      if (document == null) {
        additions.add(new SitePlan.Addition(site));
      } else if (document.json().equals(text)) {
        unchanged.add(site.key());
      } else {
        changes.add(
            new SitePlan.Change(
                site, document.version(), SiteDifference.between(document.json(), text)));
      }
    });
    if (prune) {
      present.forEach((id, document) -> {
        if (!byId.containsKey(id)) {
          key(document.key())
              .ifPresent(key -> removals.add(new SitePlan.Removal(key, document.version())));
        }
      });
    }
    checkCounts(present, byId, removals);
    return new SitePlan(additions, changes, removals, unchanged);
  }

  /**
   * What must change for one site to be there as it is wanted. It reads one document, and counts
   * the customer's only where the site is a new one.
   *
   * @throws StoreException {@code BAD_REQUEST} for more than {@link #SITES_MAX} of a customer
   */
  public PlannedSite plan(Site wanted) {
    Optional<Document> present = documents.get(documentKey(wanted.key()));
    if (present.isEmpty()) {
      checkCount(wanted.key().customer());
      return new PlannedSite(
          wanted,
          0,
          new SitePlan(List.of(new SitePlan.Addition(wanted)), List.of(), List.of(), List.of()));
    }
    String before = present.get().json();
    String text = SiteWriter.write(wanted);
    long version = present.get().version();
    if (before.equals(text)) {
      return new PlannedSite(
          wanted, version, new SitePlan(List.of(), List.of(), List.of(), List.of(wanted.key())));
    }
    SitePlan.Change change =
        new SitePlan.Change(wanted, version, SiteDifference.between(before, text));
    return new PlannedSite(
        wanted, version, new SitePlan(List.of(), List.of(change), List.of(), List.of()));
  }

  /**
   * Does what the plan of one site says.
   *
   * @return the version that is there afterwards
   * @throws StoreException {@code CONFLICT} where it has changed since the plan was made
   */
  public long apply(PlannedSite planned) {
    return documents.apply(List.of(put(planned.site(), planned.version()))).getFirst().version();
  }

  /** The version of what is kept of a site, whether it can be read or not; 0 for nothing. */
  public long version(SiteKey key) {
    return documents.get(documentKey(key)).map(Document::version).orElse(0L);
  }

  /**
   * Does what a plan says. Up to {@link Documents#EDITS_MAX} edits are made together or not at all.
   * A larger plan is looked through for conflicts first and then made in several steps; what fails
   * between them leaves the steps before, and a new plan shows what is left to do.
   *
   * @throws StoreException {@code CONFLICT} where a site has changed since the plan was made: make
   *     a new one; {@code UNAVAILABLE} where it can't be written now
   */
  public void apply(SitePlan plan) {
    List<DocumentEdit> edits = new ArrayList<>();
    plan.removals()
        .forEach(
            each -> edits.add(new DocumentEdit.Delete(documentKey(each.key()), each.version())));
    plan.changes().forEach(each -> edits.add(put(each.site(), each.version())));
    plan.additions().forEach(each -> edits.add(put(each.site(), 0)));
    if (edits.size() > Documents.EDITS_MAX) {
      checkVersions(edits);
    }
    for (int from = 0; from < edits.size(); from += Documents.EDITS_MAX) {
      documents.apply(edits.subList(from, Math.min(edits.size(), from + Documents.EDITS_MAX)));
    }
  }

  /**
   * Tells of each change that is made after this call, in order, on a thread of the store's. Who
   * wants the whole picture follows first and asks for {@link #all} then.
   *
   * @param feed the documents of this book
   */
  public Subscription follow(FollowedDocuments feed, Consumer<SiteChange> listener) {
    return feed.follow(COLLECTION, change -> told(change).ifPresent(listener));
  }

  private Optional<SiteChange> told(DocumentChange change) {
    return key(change.key())
        .map(key ->
            new SiteChange(change.sequence(), key, site(change.before()), site(change.after())));
  }

  // ---- plans ----

  private static Map<String, Site> wantedById(@Nullable String customer, List<Site> wanted) {
    Map<String, Site> byId = new TreeMap<>();
    for (Site site : wanted) {
      if (customer != null && !site.key().customer().equals(customer)) {
        throw new StoreException(
            StoreException.Kind.DENIED,
            "site %s is not of customer %s".formatted(site.key(), customer));
      }
      if (byId.put(site.key().toString(), site) != null) {
        throw new StoreException(
            StoreException.Kind.BAD_REQUEST, "site %s is wanted twice".formatted(site.key()));
      }
    }
    return byId;
  }

  private static void checkCounts(
      Map<String, Document> present, Map<String, Site> wanted, List<SitePlan.Removal> removals) {
    TreeSet<String> ids = new TreeSet<>(present.keySet());
    ids.addAll(wanted.keySet());
    removals.forEach(removal -> ids.remove(removal.key().toString()));
    Map<String, Integer> counts = new TreeMap<>();
    ids.forEach(id -> counts.merge(id.substring(0, Math.max(0, id.indexOf('/'))), 1, Integer::sum));
    counts.forEach((customer, count) -> {
      if (count > SITES_MAX) {
        throw new StoreException(
            StoreException.Kind.BAD_REQUEST,
            "customer %s would have %,d sites, at most %,d".formatted(customer, count, SITES_MAX));
      }
    });
  }

  /** Whether there is room for one more. */
  private void checkCount(String customer) {
    if (page(customer, null, SITES_MAX).size() == SITES_MAX) {
      throw new StoreException(
          StoreException.Kind.BAD_REQUEST,
          "customer %s has %,d sites, and may not have more".formatted(customer, SITES_MAX));
    }
  }

  /** All are read for it: one by one so many would take longer. */
  private void checkVersions(List<DocumentEdit> edits) {
    Map<String, Document> present = documents(null);
    for (DocumentEdit edit : edits) {
      Document document = present.get(edit.key().id());
      if ((document == null ? 0 : document.version()) != edit.expectedVersion()) {
        throw new StoreException(
            StoreException.Kind.CONFLICT,
            "site %s has changed since the plan was made; make a new one"
                .formatted(edit.key().id()));
      }
    }
  }

  private static DocumentEdit put(Site site, long version) {
    return new DocumentEdit.Put(documentKey(site.key()), SiteWriter.write(site), version);
  }

  // ---- documents ----

  private Map<String, Document> documents(@Nullable String customer) {
    Map<String, Document> all = new TreeMap<>();
    String after = null;
    List<Document> page;
    do {
      page = page(customer, after, READ_MAX);
      for (Document document : page) {
        after = document.key().id();
        all.put(after, document);
      }
    } while (page.size() == READ_MAX);
    return all;
  }

  /** Ids of one customer stand together: nothing sorts between its name with a slash and them. */
  private List<Document> page(@Nullable String customer, @Nullable String after, int limit) {
    if (customer == null) {
      return documents.list(COLLECTION, after, limit);
    }
    String prefix = customer + "/";
    String from = after != null && after.compareTo(prefix) > 0 ? after : prefix;
    return documents.list(COLLECTION, from, limit).stream()
        .takeWhile(document -> document.key().id().startsWith(prefix))
        .toList();
  }

  private Optional<StoredSite> stored(Document document) {
    return Optional.ofNullable(site(document))
        .map(site -> new StoredSite(site, document.version()));
  }

  private @Nullable Site site(@Nullable Document document) {
    if (document == null) {
      return null;
    }
    String id = document.key().id();
    return switch (reader.read(id, document.json())) {
      case SiteReader.Reading.Sites sites
          when sites.sites().size() == 1 && sites.sites().getFirst().key().toString().equals(id) ->
          sites.sites().getFirst();
      case SiteReader.Reading.Sites ignored -> {
        warn(document, "its document names another site");
        yield null;
      }
      case SiteReader.Reading.Refused refused -> {
        warn(document, refused.problems().getFirst().toString());
        yield null;
      }
    };
  }

  /** Once for each state of a document, since lists meet it again and again. */
  private void warn(Document document, String reason) {
    if (warned.size() >= WARNED_MAX) {
      warned.clear();
    }
    Long version = warned.put(document.key().id(), document.version());
    if (version == null || version != document.version()) {
      LOG.warn("site {} can't be read and is left out: {}", document.key().id(), reason);
    }
  }

  private static DocumentKey documentKey(SiteKey key) {
    return new DocumentKey(COLLECTION, key.toString());
  }

  private static Optional<SiteKey> key(DocumentKey key) {
    int slash = key.id().indexOf('/');
    try {
      return slash < 0
          ? Optional.empty()
          : Optional.of(new SiteKey(key.id().substring(0, slash), key.id().substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
