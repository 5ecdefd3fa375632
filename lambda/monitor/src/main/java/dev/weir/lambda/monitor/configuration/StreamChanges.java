// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.configuration.SiteItems.Present;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.queue.BatchAnswer;
import dev.weir.lambda.monitor.schedule.AtOnce;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the sites that a batch of the stream is about.
 *
 * <p>All records of one site are one piece of work, since what is made so is what the table has
 * now: a record of the same site can't overtake another. Sites don't wait for each other. What is
 * reported as failed is the first record of a site that could not be settled, whether that may pass
 * or not: Lambda begins again there, and what comes after it is settled again, which changes
 * nothing. A record that stays bad is given to the failure destination once the attempts that its
 * mapping allows are used up; until then its site runs by the last definition that could be read,
 * since whoever mistypes a change expects no silence. As soon as the table has a good item again,
 * the bad record is passed over.
 */
final class StreamChanges {

  private static final Logger LOG = LoggerFactory.getLogger(StreamChanges.class);

  /**
   * How a batch ended.
   *
   * @param failed sequence numbers of the records to report
   * @param unreportable how many records are bad and have no sequence number to report them by
   */
  record Result(List<String> failed, int unreportable) {
    public Result {
      failed = List.copyOf(failed);
    }

    /**
     * What Lambda is answered.
     *
     * @throws IllegalArgumentException where a bad record can't be named: the batch then fails as a
     *     whole, and is halved until the record is alone
     */
    String answer() {
      if (unreportable > 0) {
        throw new IllegalArgumentException(
            "%d records have no SequenceNumber to report them by; all others were done"
                .formatted(unreportable));
      }
      return BatchAnswer.failed(failed);
    }
  }

  private final SiteKeeper keeper;
  private final String region;
  private final ConfigurationListener listener;
  private final InstantSource time;

  /**
   * A reader of changes.
   *
   * @param region where a site is checked from that names no region
   */
  StreamChanges(
      SiteKeeper keeper, String region, ConfigurationListener listener, InstantSource time) {
    this.keeper = keeper;
    this.region = region;
    this.listener = listener;
    this.time = time;
  }

  /**
   * Applies an event.
   *
   * @param deadline no site is begun after it: those are reported, and come again
   */
  Result apply(StreamEvent event, Instant deadline) {
    Set<String> failed = new LinkedHashSet<>();
    int unreportable = 0;
    for (StreamEvent.Malformed bad : event.malformed()) {
      refused("record " + bad.sequence(), bad.reason());
      if (bad.sequence().isEmpty()) {
        unreportable++;
      } else {
        failed.add(bad.sequence());
      }
    }
    Map<SiteKey, List<StreamRecord>> sites = new LinkedHashMap<>();
    for (StreamRecord record : event.records()) {
      Optional<SiteKey> key = record.key();
      if (key.isPresent()) {
        sites.computeIfAbsent(key.get(), any -> new ArrayList<>()).add(record);
      } else if (record.after().isPresent() || !record.imaged()) {
        refused(
            shown(record.siteId()),
            "no site has such a SiteId: it is an id, or customer/id of another than the default");
        failed.add(record.sequence());
      }
    }
    AtOnce.each(
            List.copyOf(sites.entrySet()),
            site -> settled(site.getKey(), site.getValue(), deadline))
        .forEach(sequence -> sequence.ifPresent(failed::add));
    return new Result(List.copyOf(failed), unreportable);
  }

  /** The record to report, if any; whatever goes wrong with a site costs no other. */
  private Optional<String> settled(SiteKey key, List<StreamRecord> records, Instant deadline) {
    try {
      return made(key, records, deadline);
    } catch (StoreException e) {
      postponed(key, FunctionLog.reason(e));
    } catch (RuntimeException e) {
      listener.refused();
      LOG.atError().setCause(e).addKeyValue("site", key.toString()).log("A fault of Weir's");
    }
    return Optional.of(records.getFirst().sequence());
  }

  private Optional<String> made(SiteKey key, List<StreamRecord> records, Instant deadline) {
    Set<Placement> places = new LinkedHashSet<>();
    Optional<Site> lastGood = Optional.empty();
    Optional<StreamRecord> bad = Optional.empty();
    for (StreamRecord record : records) {
      places.addAll(differing(record));
      Optional<Present> after = record.after().map(item -> TableItems.present(item, region));
      if (after.orElse(null) instanceof Present.Readable readable) {
        lastGood = Optional.of(readable.site());
      } else if (after.isPresent()) {
        bad = bad.or(() -> Optional.of(record));
      }
    }
    if (places.isEmpty() && bad.isEmpty()) {
      listener.unchanged();
      return Optional.empty();
    }
    String first = bad.map(StreamRecord::sequence).orElse(records.getFirst().sequence());
    if (!time.instant().isBefore(deadline)) {
      postponed(key, "no time is left for it in this invocation");
      return Optional.of(records.getFirst().sequence());
    }
    SiteKeeper.Outcome outcome = keeper.settle(key, places, lastGood);
    listener.settled(outcome.puts(), outcome.removals());
    LOG.atInfo()
        .addKeyValue("site", key.toString())
        .addKeyValue("puts", outcome.puts())
        .addKeyValue("removals", outcome.removals())
        .log("A site's schedules were settled");
    if (outcome.refused().isEmpty()) {
      return Optional.empty();
    }
    refused(key.toString(), String.join("; ", outcome.refused()));
    return Optional.of(first);
  }

  /** Where a change makes a difference to what runs; everywhere where that can't be told. */
  private Set<Placement> differing(StreamRecord record) {
    if (!record.imaged()) {
      return Placement.everywhere(keeper.regions());
    }
    Optional<Present> before = record.before().map(item -> TableItems.present(item, region));
    Optional<Present> after = record.after().map(item -> TableItems.present(item, region));
    if (after.orElse(null) instanceof Present.Unreadable) {
      return Set.of();
    }
    if (before.orElse(null) instanceof Present.Unreadable) {
      Set<Placement> all = new LinkedHashSet<>(Placement.everywhere(keeper.regions()));
      all.addAll(places(after));
      return all;
    }
    if (text(before).equals(text(after))) {
      return Set.of();
    }
    Set<Placement> either = new LinkedHashSet<>(places(before));
    either.addAll(places(after));
    return either;
  }

  private static Set<Placement> places(Optional<Present> item) {
    return item.orElse(null) instanceof Present.Readable readable
        ? Placement.of(readable.site())
        : Set.of();
  }

  private static String text(Optional<Present> item) {
    return item.orElse(null) instanceof Present.Readable readable
        ? SiteWriter.write(readable.site())
        : "";
  }

  private void refused(String what, String reason) {
    listener.refused();
    FunctionLog.refused(LOG, what, reason);
  }

  private void postponed(SiteKey key, String reason) {
    listener.postponed();
    FunctionLog.postponed(LOG, key.toString(), reason);
  }

  private static String shown(String siteId) {
    return siteId.length() > 80 ? siteId.substring(0, 80) + "…" : siteId;
  }
}
