// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.LatencyRule;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteProblem;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A site as an item of the table of sites. The attributes are the original's where it had one
 * ({@code SiteId}, {@code endpoint}, {@code rate}, {@code latencyConstraint}, {@code testString})
 * and else the fields of {@code docs/sites.md}. {@code SiteId} is the id of a site of the default
 * customer, {@code customer/id} of any other. What Weir notes of its own changes, {@value #VERSION}
 * and {@value #DIGEST}, is no part of the site.
 */
public final class SiteItem {

  /** The table's key. */
  public static final String SITE_ID = "SiteId";

  /** Changes that Weir made, N; absent in an item that others wrote. */
  public static final String VERSION = "version";

  /**
   * Of the attributes that Weir wrote, so that a change by others shows though they kept it all.
   */
  static final String DIGEST = "digest";

  private static final String CUSTOMER = "customer";
  private static final String EXPECT = "expect";

  /** Problems of one item that are told. */
  private static final int TOLD_MAX = 5;

  /** What became of an item. */
  public sealed interface Reading {
    /** A site. */
    record Read(Site site) implements Reading {}

    /** No site: in one line, what is wrong with which attributes. */
    record Refused(String reason) implements Reading {}
  }

  private SiteItem() {}

  /**
   * Reads an item, whoever wrote it.
   *
   * @param region where a site is checked from that names no region
   */
  public static Reading read(Map<String, AttributeValue> item, String region) {
    AttributeValue name = item.get(SITE_ID);
    if (name == null || name.s() == null) {
      return new Reading.Refused("SiteId: is missing, the name of the site");
    }
    String prefix = SiteKey.DEFAULT_CUSTOMER + "/";
    if (name.s().startsWith(prefix)) {
      return new Reading.Refused(
          "SiteId: of the default customer is the id alone, '%s'"
              .formatted(name.s().substring(prefix.length())));
    }
    String customer = customer(name.s());
    if (item.containsKey(CUSTOMER) && !customer.equals(item.get(CUSTOMER).s())) {
      return new Reading.Refused(
          "customer: is another than that of SiteId, which is customer/id, or an id of the"
              + " customer default");
    }
    SiteReader reader = new SiteReader(region);
    String text = AttributeText.typed(item);
    // as a list of one: an item is a site, whatever its attributes are called
    return switch (reader.read(name.s(), "[" + text + "]")) {
      case SiteReader.Reading.Sites sites -> new Reading.Read(sites.sites().getFirst());
      case SiteReader.Reading.Refused refused -> new Reading.Refused(told(refused.problems()));
    };
  }

  /** The site as an item, without what Weir notes of its changes. */
  public static Map<String, AttributeValue> write(Site site) {
    Map<String, AttributeValue> item = AttributeText.attributes(SiteWriter.write(site));
    item.remove("id");
    item.remove(CUSTOMER);
    item.put(SITE_ID, AttributeValue.fromS(siteId(site.key())));
    if (isWholeMinutes(site.interval())) {
      item.remove("interval");
      item.put("rate", AttributeValue.fromN(Long.toString(site.interval().toMinutes())));
    }
    expectations(item, site);
    return item;
  }

  /** The key of a site's item. */
  public static String siteId(SiteKey key) {
    return siteId(key.toString());
  }

  /** Of a document that is called {@code customer/id}. */
  static String siteId(String documentId) {
    String prefix = SiteKey.DEFAULT_CUSTOMER + "/";
    return documentId.startsWith(prefix) ? documentId.substring(prefix.length()) : documentId;
  }

  /** The site of this {@code SiteId}; empty where no site is called so. */
  public static Optional<SiteKey> key(String siteId) {
    String id = siteId.substring(siteId.indexOf('/') + 1);
    try {
      SiteKey key = new SiteKey(customer(siteId), id);
      return siteId.equals(siteId(key)) ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String customer(String siteId) {
    int slash = siteId.indexOf('/');
    return slash < 0 ? SiteKey.DEFAULT_CUSTOMER : siteId.substring(0, slash);
  }

  /** In the original's words what can be said so; the rest, if there is any, beside them. */
  private static void expectations(Map<String, AttributeValue> item, Site site) {
    Map<String, AttributeValue> expect =
        item.containsKey(EXPECT) ? new HashMap<>(item.get(EXPECT).m()) : new HashMap<>();
    site.expectations()
        .latency()
        .filter(rule -> rule.of() == LatencyRule.Statistic.AVERAGE)
        .ifPresent(rule -> {
          expect.remove("latency");
          item.put("latencyConstraint", AttributeValue.fromN(seconds(rule.limit())));
        });
    List<AttributeValue> texts = new ArrayList<>();
    site.expectations().body().stream()
        .filter(BodyRule.Contains.class::isInstance)
        .map(BodyRule.Contains.class::cast)
        .filter(BodyRule.Contains::wanted)
        .forEach(rule -> texts.add(AttributeValue.fromS(rule.text())));
    if (!texts.isEmpty()) {
      item.put("testString", texts.removeFirst());
      expect.remove("contains");
      if (!texts.isEmpty()) {
        expect.put("contains", AttributeValue.fromL(texts));
      }
    }
    // An item without it is taken for one of the original's, which has both of its attributes.
    boolean original = item.containsKey("latencyConstraint") && item.containsKey("testString");
    if (expect.isEmpty() && original) {
      item.remove(EXPECT);
    } else {
      item.put(EXPECT, AttributeValue.fromM(expect));
    }
  }

  private static boolean isWholeMinutes(Duration interval) {
    return interval.getNano() == 0 && interval.toSecondsPart() == 0;
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String told(List<SiteProblem> problems) {
    String told =
        problems.stream()
            .limit(TOLD_MAX)
            .map(each ->
                each.field().isEmpty() ? each.reason() : each.field() + ": " + each.reason())
            .collect(Collectors.joining("; "));
    return problems.size() > TOLD_MAX
        ? "%s; and %d more".formatted(told, problems.size() - TOLD_MAX)
        : told;
  }
}
