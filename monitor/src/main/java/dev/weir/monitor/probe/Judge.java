// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import com.google.re2j.Pattern;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.AnswerRule;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.HeaderRule;
import dev.weir.monitor.check.Expectations.StatusRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges what one request brought: status, headers, body, certificate, DNS, in this order; the
 * first expectation that is not met is the failure, named, and its sentence says both sides. For
 * one attempt; not thread-safe.
 */
final class Judge {

  private final Expectations expected;
  private final InstantSource clock;
  private final Map<String, Pattern> patterns = new HashMap<>();

  Judge(Expectations expected, InstantSource clock) {
    this.expected = expected;
    this.clock = clock;
  }

  /** The same measurement, failed where an expectation is not met. */
  Measurement judge(Measurement measurement) {
    Reply reply = measurement.reply();
    if (!measurement.succeeded() || reply == null) {
      return measurement;
    }
    Optional<Failure> failure =
        switch (reply) {
          case Reply.Http http -> status(http).or(() -> headers(http)).or(() -> body(http));
          case Reply.Dns dns -> responseCode(dns).or(() -> answers(dns));
          case Reply.Connection _ -> Optional.empty();
        };
    return failure
        .or(() -> certificate(measurement.last()))
        .map(measurement::failed)
        .orElse(measurement);
  }

  private Optional<Failure> status(Reply.Http reply) {
    for (StatusRange range : expected.statuses()) {
      if (range.from() <= reply.status() && reply.status() <= range.to()) {
        return Optional.empty();
      }
    }
    String wanted =
        expected.statuses().stream()
            .map(each ->
                each.from() == each.to()
                    ? Integer.toString(each.from())
                    : each.from() + "-" + each.to())
            .collect(Collectors.joining(", "));
    return failed(
        ErrorClass.STATUS,
        "status in " + wanted,
        "the status is %d, expected %s".formatted(reply.status(), wanted));
  }

  private Optional<Failure> headers(Reply.Http reply) {
    for (HeaderRule rule : expected.headers()) {
      List<String> values =
          reply.headers().getOrDefault(rule.name().toLowerCase(Locale.ROOT), List.of());
      boolean found = found(rule.expression(), values);
      if (found != rule.wanted()) {
        String is =
            values.isEmpty()
                ? "is missing"
                : "is '%s'".formatted(Excerpt.of(String.join(", ", values)));
        return failed(
            ErrorClass.HEADER_MISMATCH,
            "header %s %s '%s'"
                .formatted(rule.name(), rule.wanted() ? "matches" : "without", rule.expression()),
            "header %s %s, expected %s match of '%s'"
                .formatted(rule.name(), is, rule.wanted() ? "a" : "no", rule.expression()));
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> body(Reply.Http reply) {
    if (expected.body().isEmpty()) {
      return Optional.empty();
    }
    List<String> types = reply.headers().getOrDefault("content-type", List.of());
    String text = BodyCharset.text(reply.body(), types.isEmpty() ? null : types.getFirst());
    for (BodyRule rule : expected.body()) {
      Optional<Failure> failure =
          switch (rule) {
            case BodyRule.Contains(String wanted, boolean there) ->
                text.contains(wanted) == there
                    ? Optional.empty()
                    : bodyFailed(
                        "body %s '%s'".formatted(there ? "contains" : "without", wanted),
                        "%s '%s'".formatted(there ? "does not contain" : "contains", wanted),
                        text);
            case BodyRule.Matches(String expression, boolean there) ->
                pattern(expression).matcher(text).find() == there
                    ? Optional.empty()
                    : bodyFailed(
                        "body %s '%s'"
                            .formatted(there ? "matches" : "without match of", expression),
                        "%s '%s'"
                            .formatted(there ? "has no match of" : "has a match of", expression),
                        text);
            case BodyRule.Json(String path, Optional<String> value) -> json(text, path, value);
          };
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> json(String text, String path, Optional<String> value) {
    String why = BodyJson.mismatch(text, path, value);
    if (why == null) {
      return Optional.empty();
    }
    String wanted = value.map(each -> " = '%s'".formatted(each)).orElse("");
    return failed(
        ErrorClass.BODY_MISMATCH,
        "body JSON %s%s".formatted(path, wanted),
        "the body %s, expected %s"
            .formatted(why, value.isPresent() ? "'" + value.get() + "'" : "something"));
  }

  private static Optional<Failure> bodyFailed(String expectation, String why, String text) {
    String begins =
        text.isEmpty() ? "it is empty" : "it begins with '%s'".formatted(Excerpt.of(text.strip()));
    return failed(ErrorClass.BODY_MISMATCH, expectation, "the body %s; %s".formatted(why, begins));
  }

  private Optional<Failure> certificate(Hop hop) {
    if (expected.certificateDays().isEmpty()) {
      return Optional.empty();
    }
    int wanted = expected.certificateDays().get();
    String expectation = "certificate days >= " + wanted;
    Peer peer = hop.peer();
    Peer.Chain chain = peer == null ? null : peer.chain();
    if (chain == null) {
      return failed(
          ErrorClass.CERTIFICATE_DAYS,
          expectation,
          "the answer came without TLS, expected a certificate for %d more days".formatted(wanted));
    }
    Instant now = clock.instant();
    if (!chain.earliestExpiry().isBefore(now.plus(Duration.ofDays(wanted)))) {
      return Optional.empty();
    }
    return failed(
        ErrorClass.CERTIFICATE_DAYS,
        expectation,
        "a certificate of the chain ends on %s, in %d days, expected at least %d; renew it"
            .formatted(
                chain.earliestExpiry(),
                Duration.between(now, chain.earliestExpiry()).toDays(),
                wanted));
  }

  private Optional<Failure> responseCode(Reply.Dns reply) {
    if (expected.responseCodes().isEmpty()
        || expected.responseCodes().contains(reply.responseCode())) {
      return Optional.empty();
    }
    String wanted = String.join(", ", expected.responseCodes());
    return failed(
        ErrorClass.DNS_ANSWER,
        "response code in " + wanted,
        "the name server says %s, expected %s".formatted(reply.responseCode(), wanted));
  }

  private Optional<Failure> answers(Reply.Dns reply) {
    for (AnswerRule rule : expected.answers()) {
      boolean found = found(rule.expression(), reply.answers());
      if (found != rule.wanted()) {
        String are =
            reply.answers().isEmpty()
                ? "there are no answers"
                : "the answers are '%s'".formatted(Excerpt.of(String.join(", ", reply.answers())));
        return failed(
            ErrorClass.DNS_ANSWER,
            "%s '%s'"
                .formatted(
                    rule.wanted() ? "an answer matches" : "no answer matches", rule.expression()),
            "%s, expected %s match of '%s'"
                .formatted(are, rule.wanted() ? "a" : "no", rule.expression()));
      }
    }
    return Optional.empty();
  }

  private boolean found(String expression, List<String> texts) {
    return texts.stream().anyMatch(each -> pattern(expression).matcher(each).find());
  }

  private Pattern pattern(String expression) {
    return patterns.computeIfAbsent(expression, Pattern::compile);
  }

  private static Optional<Failure> failed(
      ErrorClass errorClass, String expectation, String sentence) {
    return Optional.of(new Failure(errorClass, sentence, expectation));
  }
}
