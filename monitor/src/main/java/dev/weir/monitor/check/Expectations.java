// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What must be true of a site, in the order in which it is judged. Nothing is judged that the
 * protocol does not give; the reader of sites refuses such expectations.
 *
 * @param statuses ranges of HTTP's status codes
 * @param latency over the run's successful requests
 * @param certificateDays days that all certificates of the chain must still be valid
 * @param responseCodes of the DNS, such as {@code NOERROR}
 */
public record Expectations(
    List<StatusRange> statuses,
    List<HeaderRule> headers,
    List<BodyRule> body,
    Optional<LatencyRule> latency,
    Optional<Integer> certificateDays,
    List<String> responseCodes,
    List<AnswerRule> answers) {

  public static final int RULES_MAX = 32;

  /** Any 2xx; NOERROR. */
  public static final Expectations DEFAULT =
      new Expectations(
          List.of(new StatusRange(200, 299)),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of("NOERROR"),
          List.of());

  public Expectations {
    statuses = List.copyOf(statuses);
    headers = List.copyOf(headers);
    body = List.copyOf(body);
    responseCodes = List.copyOf(responseCodes);
    answers = List.copyOf(answers);
    for (List<?> rules : List.of(statuses, headers, body, responseCodes, answers)) {
      if (rules.size() > RULES_MAX) {
        throw new IllegalArgumentException(
            "an expectation has at most %d rules, not %d".formatted(RULES_MAX, rules.size()));
      }
    }
  }

  /** Status codes from one to another, both included. */
  public record StatusRange(int from, int to) {
    public StatusRange {
      if (from < 100 || to > 999 || from > to) {
        throw new IllegalArgumentException(
            "a range of status codes lies within 100-999, not %d-%d".formatted(from, to));
      }
    }
  }

  /**
   * A header that must, or must not, match.
   *
   * @param expression RE2, found anywhere in one of the header's values
   */
  public record HeaderRule(String name, String expression, boolean wanted) {}

  /** Something about the body, decoded as its charset says. */
  public sealed interface BodyRule {
    record Contains(String text, boolean wanted) implements BodyRule {}

    /** RE2, found anywhere. */
    record Matches(String expression, boolean wanted) implements BodyRule {}

    /** The JSONPath finds something, and where a value is given one of the finds has that text. */
    record Json(String path, Optional<String> value) implements BodyRule {}
  }

  /** The run's latency must not be over a limit. */
  public record LatencyRule(Duration limit, Statistic of) {
    /** Which number of the run. */
    public enum Statistic {
      AVERAGE,
      P95,
      MAXIMUM
    }
  }

  /** RE2, found in one of the answers' texts, or wanted in none. */
  public record AnswerRule(String expression, boolean wanted) {}
}
