// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.document.Documents;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.SecretScope;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one site, whichever spelling its fields have. */
final class SiteFields {

  static final Duration INTERVAL = Duration.ofMinutes(1);

  static final Map<String, Sampling.Connections> CONNECTIONS =
      Ordered.of("cold", Sampling.Connections.COLD, "warm", Sampling.Connections.WARM);

  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}(?:\\.0{1,9})?");
  private static final int MINUTES_MAX = (int) Site.INTERVAL_MAX.toMinutes();

  private record Written(String text, Endpoint endpoint) {}

  private final String region;
  private final String customer;
  private final Optional<String> id;
  private final boolean ofOperator;

  SiteFields(String region, String customer) {
    this(region, customer, Optional.empty(), true);
  }

  private SiteFields(String region, String customer, Optional<String> id, boolean ofOperator) {
    this.region = region;
    this.customer = customer;
    this.id = id;
    this.ofOperator = ofOperator;
  }

  /** For who is not the operator: no site names secrets of the host. */
  SiteFields keptToCustomers() {
    return new SiteFields(region, customer, id, false);
  }

  /** For the one site of this name: it need not be said again, and no other may be. */
  SiteFields named(SiteKey name) {
    return new SiteFields(region, name.customer(), Optional.of(name.id()), ofOperator);
  }

  /** The site, or what is wrong in the problems. */
  Optional<Site> read(Fields site, Problems problems, int number) {
    int before = problems.count();
    Optional<SiteKey> key = key(site, problems, number);
    if (site.has("SiteId")) {
      requireOriginal(site);
    }
    Optional<String> name = title(site, "name", Site.NAME_LENGTH_MAX);
    String group = title(site, "group", Site.GROUP_LENGTH_MAX).orElse("");
    Duration interval = interval(site);
    List<String> regions = regions(site);
    boolean enabled = site.flag("enabled").orElse(true);
    Sampling sampling = sampling(site);
    Confirmation confirmation = IncidentFields.confirmation(site);
    IncidentRules incidents = IncidentFields.incidents(site);
    site.require("endpoint", "such as https://example.com/");
    Optional<Written> written =
        site.read("endpoint", text -> new Written(text, Endpoint.parse(text)));
    if (written.isEmpty()) {
      // without a protocol nobody knows what its fields mean: only their names are judged
      List.of(
              "timeout",
              "timeouts",
              "ip",
              "tls",
              "http",
              "tcp",
              "dns",
              "expect",
              "testString",
              "latencyConstraint")
          .forEach(site::has);
      site.refuseOthers();
      return Optional.empty();
    }
    SecretScope scope = new SecretScope(key.map(SiteKey::customer).orElse(customer), ofOperator);
    Check check = check(site, written.get().endpoint(), new SecretFields(scope));
    Expectations expectations = ExpectFields.read(site, check);
    site.refuseOthers();
    if (problems.count() > before || key.isEmpty()) {
      return Optional.empty();
    }
    return made(
        site,
        new Site(
            key.get(),
            name.orElse(key.get().id()),
            group,
            written.get().text(),
            interval,
            regions,
            enabled,
            check,
            sampling,
            expectations,
            confirmation,
            incidents));
  }

  private Optional<SiteKey> key(Fields site, Problems problems, int number) {
    problems.about(id.orElse("#" + number));
    String name = site.has("SiteId") ? "SiteId" : "id";
    if (site.has("SiteId") && site.has("id")) {
      site.refuse("id", "stands beside SiteId: one of the two");
    }
    if (id.isPresent()) {
      return key(site, name, new SiteKey(customer, id.get()));
    }
    site.require(name, "the name of the site");
    Optional<String> given = site.read(name, each -> new SiteKey(customer, each).id());
    given.ifPresent(problems::about);
    Optional<SiteKey> key =
        site.has("customer")
            ? site.read("customer", each -> new SiteKey(each, given.orElse("unknown")))
            : given.map(each -> new SiteKey(customer, each));
    return given.flatMap(_ -> key);
  }

  /** The name that is known already, where what is said is the same. */
  private static Optional<SiteKey> key(Fields site, String name, SiteKey known) {
    site.read(name, each -> same(each, known.id()));
    site.read("customer", each -> same(each, known.customer()));
    return Optional.of(known);
  }

  private static String same(String given, String known) {
    if (!given.equals(known)) {
      throw new IllegalArgumentException(
          "is '%s' here: leave it out, or write that and not '%s'"
              .formatted(known, Quantities.shown(given)));
    }
    return given;
  }

  private static Optional<String> title(Fields site, String field, int lengthMax) {
    return site.read(
        field,
        text -> {
          String wrong = Site.titleProblem(text, lengthMax);
          if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong);
          }
          return text;
        });
  }

  /** What an item of the original has, unless it says the same in our words. */
  private static void requireOriginal(Fields site) {
    if (!site.has("interval")) {
      site.require("rate", "whole minutes from run to run");
    }
    if (!site.has("expect")) {
      site.require("latencyConstraint", "seconds that the site may take on average");
      site.require("testString", "a text that its body contains");
    }
  }

  private static Duration interval(Fields site) {
    if (site.has("rate") && site.has("interval")) {
      site.refuse("rate", "stands beside interval: one of the two");
    }
    Optional<Duration> rate = site.read("rate", SiteFields::minutes);
    return site.duration("interval", Site.INTERVAL_MIN, Site.INTERVAL_MAX)
        .or(() -> rate)
        .orElse(INTERVAL);
  }

  private static Duration minutes(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is whole minutes, 1 to %d, not '%s'; below a minute write interval: 30s"
              .formatted(MINUTES_MAX, Quantities.shown(text)));
    }
    String whole = text.contains(".") ? text.substring(0, text.indexOf('.')) : text;
    return Duration.ofMinutes(Quantities.number(whole, 1, MINUTES_MAX));
  }

  private List<String> regions(Fields site) {
    List<String> regions =
        site.texts(
            "regions",
            Site.REGIONS_MAX,
            text -> {
              if (!Site.isRegion(text)) {
                throw new IllegalArgumentException(
                    "is no name of a region: '%s'".formatted(Quantities.shown(text)));
              }
              return text;
            });
    if (regions.stream().distinct().count() != regions.size()) {
      site.refuse("regions", "names a region twice");
    }
    return regions.isEmpty() ? List.of(region) : regions.stream().distinct().toList();
  }

  private static Sampling sampling(Fields site) {
    return new Sampling(
        site.number("requests", 1, Sampling.REQUESTS_MAX).orElse(Sampling.FIVE.requests()),
        site.choice("connections", CONNECTIONS).orElse(Sampling.FIVE.connections()));
  }

  private static Check check(Fields site, Endpoint endpoint, SecretFields secrets) {
    String reason = "is not for endpoints of " + endpoint.scheme() + "://";
    return switch (endpoint) {
      case Endpoint.Web web -> {
        site.refuseEach(reason, "tcp", "dns");
        yield HttpFields.read(site, web.uri(), secrets);
      }
      case Endpoint.Conversation conversation -> {
        site.refuseEach(reason, "http", "dns");
        yield SocketFields.tcp(site, conversation, secrets);
      }
      case Endpoint.Handshake handshake -> {
        site.refuseEach(reason, "http", "tcp", "dns");
        yield SocketFields.tls(site, handshake, secrets);
      }
      case Endpoint.Question question -> {
        site.refuseEach(reason, "http", "tcp", "tls");
        yield SocketFields.dns(site, question);
      }
    };
  }

  private static Optional<Site> made(Fields fields, Site site) {
    int bytes = SiteWriter.write(site).getBytes(UTF_8).length;
    if (bytes > Documents.BYTES_MAX) {
      fields.refuseAll(
          "has %,d bytes as it is stored, at most %,d".formatted(bytes, Documents.BYTES_MAX));
      return Optional.empty();
    }
    return Optional.of(site);
  }
}
