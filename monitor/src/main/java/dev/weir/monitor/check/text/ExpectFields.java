// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.LatencyRule;
import dev.weir.monitor.check.Expectations.LatencyRule.Statistic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what must be true, and refuses what the protocol does not tell. */
final class ExpectFields {

  static final int TEXT_LENGTH_MAX = 4_096;
  static final int CERTIFICATE_DAYS_MAX = 3_650;
  static final Duration LATENCY_MAX = Duration.ofHours(1);

  static final Map<String, Statistic> STATISTICS =
      Ordered.of("average", Statistic.AVERAGE, "p95", Statistic.P95, "max", Statistic.MAXIMUM);

  static final Set<String> RESPONSE_CODES =
      Set.of(
          "NOERROR",
          "FORMERR",
          "SERVFAIL",
          "NXDOMAIN",
          "NOTIMP",
          "REFUSED",
          "YXDOMAIN",
          "YXRRSET",
          "NXRRSET",
          "NOTAUTH",
          "NOTZONE");

  private static final Pattern STATUS = Pattern.compile("(\\d{3})(?: ?- ?(\\d{3}))?");

  private ExpectFields() {}

  static Expectations read(Fields site, Check check) {
    Fields expect = site.fieldsOrNone("expect");
    refuseForeign(site, expect, check);
    List<Expectations.StatusRange> statuses =
        expect.texts("status", Expectations.RULES_MAX, ExpectFields::status);
    List<Expectations.HeaderRule> headers =
        expect.mappings("headers", Expectations.RULES_MAX, ExpectFields::header);
    List<BodyRule> body = body(site, expect);
    Optional<LatencyRule> latency = latency(site, expect);
    Optional<Integer> days = expect.number("certificate-days", 1, CERTIFICATE_DAYS_MAX);
    List<String> codes = expect.texts("rcode", Expectations.RULES_MAX, ExpectFields::responseCode);
    List<Expectations.AnswerRule> answers =
        expect.mappings("answers", Expectations.RULES_MAX, ExpectFields::answer);
    expect.refuseOthers();
    return new Expectations(
        statuses.isEmpty() ? Expectations.DEFAULT.statuses() : statuses,
        headers,
        body,
        latency,
        days,
        codes.isEmpty() ? Expectations.DEFAULT.responseCodes() : codes,
        answers);
  }

  private static void refuseForeign(Fields site, Fields expect, Check check) {
    if (check instanceof Check.Http http) {
      if (http.method().equals("HEAD")) {
        String reason = "is not known of an answer to HEAD, which has no body";
        expect.refuseEach(reason, "contains", "not-contains", "matches", "not-matches", "json");
        site.refuseEach(reason, "testString");
      }
    } else {
      String reason = "is for http:// and https:// endpoints";
      expect.refuseEach(
          reason,
          "status",
          "contains",
          "not-contains",
          "matches",
          "not-matches",
          "json",
          "headers");
      site.refuseEach(reason, "testString");
    }
    if (!(check instanceof Check.Dns)) {
      expect.refuseEach("is for dns:// endpoints", "rcode", "answers");
    }
    boolean certificate =
        switch (check) {
          case Check.Http http -> "https".equals(http.uri().getScheme());
          case Check.Tcp tcp -> tcp.tls().isPresent();
          case Check.Tls ignored -> true;
          case Check.Dns ignored -> false;
        };
    if (!certificate) {
      expect.refuseEach("is for endpoints with TLS", "certificate-days");
    }
  }

  private static Expectations.StatusRange status(String text) {
    Matcher range = STATUS.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "is a status such as 200 or a range such as \"300-399\", not '%s'"
              .formatted(Quantities.shown(text)));
    }
    int from = Integer.parseInt(range.group(1));
    return new Expectations.StatusRange(
        from, range.group(2) == null ? from : Integer.parseInt(range.group(2)));
  }

  private static Optional<Expectations.HeaderRule> header(Fields rule) {
    rule.require("name", "the header that is judged");
    Optional<String> name =
        rule.read(
            "name",
            text -> {
              if (!HttpFields.isHeaderName(text)) {
                throw new IllegalArgumentException("is no name of a header");
              }
              return text;
            });
    Optional<Wanted> wanted = wanted(rule);
    return name.flatMap(each ->
        wanted.map(match -> new Expectations.HeaderRule(each, match.expression(), match.wanted())));
  }

  private static Optional<Expectations.AnswerRule> answer(Fields rule) {
    return wanted(rule)
        .map(match -> new Expectations.AnswerRule(match.expression(), match.wanted()));
  }

  private record Wanted(String expression, boolean wanted) {}

  private static Optional<Wanted> wanted(Fields rule) {
    Optional<String> matches = rule.read("matches", Expressions::regular);
    Optional<String> not = rule.read("not-matches", Expressions::regular);
    rule.refuseOthers();
    if (rule.has("matches") == rule.has("not-matches")) {
      rule.refuseAll("has either matches or not-matches");
      return Optional.empty();
    }
    return matches
        .map(each -> new Wanted(each, true))
        .or(() -> not.map(each -> new Wanted(each, false)));
  }

  private static List<BodyRule> body(Fields site, Fields expect) {
    List<BodyRule> rules = new ArrayList<>();
    site.text("testString", TEXT_LENGTH_MAX)
        .ifPresent(text -> rules.add(new BodyRule.Contains(text, true)));
    Function<String, String> text = each -> Fields.limited(each, TEXT_LENGTH_MAX);
    rules.addAll(all(expect, "contains", text, each -> new BodyRule.Contains(each, true)));
    rules.addAll(all(expect, "not-contains", text, each -> new BodyRule.Contains(each, false)));
    Function<String, String> regular = Expressions::regular;
    rules.addAll(all(expect, "matches", regular, each -> new BodyRule.Matches(each, true)));
    rules.addAll(all(expect, "not-matches", regular, each -> new BodyRule.Matches(each, false)));
    rules.addAll(
        expect.mappings(
            "json",
            Expectations.RULES_MAX,
            rule -> {
              rule.require("path", "a JSONPath such as $.status");
              Optional<String> path = rule.read("path", Expressions::path);
              Optional<String> value = rule.read("value", each -> each);
              rule.refuseOthers();
              return path.map(each -> new BodyRule.Json(each, value));
            }));
    if (rules.size() > Expectations.RULES_MAX) {
      expect.refuseAll(
          "has %d rules for the body, at most %d".formatted(rules.size(), Expectations.RULES_MAX));
      return List.of();
    }
    return rules;
  }

  private static List<BodyRule> all(
      Fields expect, String name, Function<String, String> check, Function<String, BodyRule> rule) {
    return expect.texts(name, Expectations.RULES_MAX, check.andThen(rule));
  }

  private static Optional<LatencyRule> latency(Fields site, Fields expect) {
    Optional<LatencyRule> original =
        site.read("latencyConstraint", Quantities::decimalSeconds)
            .flatMap(limit -> {
              if (limit.isZero() || limit.compareTo(LATENCY_MAX) > 0) {
                site.refuse(
                    "latencyConstraint",
                    "is more than 0 and at most %d seconds".formatted(LATENCY_MAX.toSeconds()));
                return Optional.empty();
              }
              return Optional.of(new LatencyRule(limit, Statistic.AVERAGE));
            });
    if (site.has("latencyConstraint") && expect.has("latency")) {
      expect.refuse("latency", "stands beside latencyConstraint: one of the two");
    }
    Optional<Value> value = expect.value("latency");
    if (value.isPresent() && value.get() instanceof Value.Mapping) {
      Fields latency = expect.fieldsOrNone("latency");
      latency.require("max", "such as max: 2s");
      Optional<Duration> limit = limit(latency, "max");
      Statistic of = latency.choice("of", STATISTICS).orElse(Statistic.AVERAGE);
      latency.refuseOthers();
      return limit.map(each -> new LatencyRule(each, of));
    }
    return limit(expect, "latency")
        .map(each -> new LatencyRule(each, Statistic.AVERAGE))
        .or(() -> original);
  }

  private static Optional<Duration> limit(Fields fields, String name) {
    return fields.duration(name, Duration.ofNanos(1_000), LATENCY_MAX);
  }

  private static String responseCode(String text) {
    String code = text.toUpperCase(Locale.ROOT);
    if (!RESPONSE_CODES.contains(code)) {
      throw new IllegalArgumentException(
          "is one of %s, not '%s'"
              .formatted(
                  String.join(", ", RESPONSE_CODES.stream().sorted().toList()),
                  Quantities.shown(text)));
    }
    return code;
  }
}
