// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Writes what must be true of a site, where it is not the default. */
final class ExpectationWriter {

  private ExpectationWriter() {}

  static void write(JsonGenerator json, Expectations expectations) {
    if (expectations.equals(Expectations.DEFAULT)) {
      return;
    }
    json.writeObjectPropertyStart("expect");
    if (!expectations.statuses().equals(Expectations.DEFAULT.statuses())) {
      json.writeArrayPropertyStart("status");
      for (Expectations.StatusRange range : expectations.statuses()) {
        if (range.from() == range.to()) {
          json.writeNumber(range.from());
        } else {
          json.writeString(range.from() + "-" + range.to());
        }
      }
      json.writeEndArray();
    }
    body(json, expectations.body());
    if (!expectations.headers().isEmpty()) {
      json.writeArrayPropertyStart("headers");
      for (Expectations.HeaderRule rule : expectations.headers()) {
        json.writeStartObject();
        json.writeStringProperty("name", rule.name());
        json.writeStringProperty(matches(rule.wanted()), rule.expression());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    expectations
        .latency()
        .ifPresent(latency -> {
          json.writeObjectPropertyStart("latency");
          json.writeStringProperty("max", Quantities.text(latency.limit()));
          json.writeStringProperty("of", Ordered.word(ExpectFields.STATISTICS, latency.of()));
          json.writeEndObject();
        });
    expectations
        .certificateDays()
        .ifPresent(days -> json.writeNumberProperty("certificate-days", days));
    if (!expectations.responseCodes().equals(Expectations.DEFAULT.responseCodes())) {
      SiteWriter.texts(json, "rcode", expectations.responseCodes());
    }
    if (!expectations.answers().isEmpty()) {
      json.writeArrayPropertyStart("answers");
      expectations
          .answers()
          .forEach(rule -> SiteWriter.rule(json, matches(rule.wanted()), rule.expression()));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static String matches(boolean wanted) {
    return wanted ? "matches" : "not-matches";
  }

  private static void body(JsonGenerator json, List<BodyRule> rules) {
    texts(json, "contains", rules, rule -> contains(rule, true));
    texts(json, "not-contains", rules, rule -> contains(rule, false));
    texts(json, "matches", rules, rule -> matches(rule, true));
    texts(json, "not-matches", rules, rule -> matches(rule, false));
    List<BodyRule.Json> paths =
        rules.stream()
            .filter(BodyRule.Json.class::isInstance)
            .map(BodyRule.Json.class::cast)
            .toList();
    if (!paths.isEmpty()) {
      json.writeArrayPropertyStart("json");
      for (BodyRule.Json rule : paths) {
        json.writeStartObject();
        json.writeStringProperty("path", rule.path());
        rule.value().ifPresent(value -> json.writeStringProperty("value", value));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static Optional<String> contains(BodyRule rule, boolean wanted) {
    return rule instanceof BodyRule.Contains contains && contains.wanted() == wanted
        ? Optional.of(contains.text())
        : Optional.empty();
  }

  private static Optional<String> matches(BodyRule rule, boolean wanted) {
    return rule instanceof BodyRule.Matches matches && matches.wanted() == wanted
        ? Optional.of(matches.expression())
        : Optional.empty();
  }

  private static void texts(
      JsonGenerator json,
      String name,
      List<BodyRule> rules,
      Function<BodyRule, Optional<String>> text) {
    List<String> texts = rules.stream().map(text).flatMap(Optional::stream).toList();
    if (!texts.isEmpty()) {
      SiteWriter.texts(json, name, texts);
    }
  }
}
