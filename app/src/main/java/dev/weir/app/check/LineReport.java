// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An outcome for people: the judgement, where the time went, and who answered. */
final class LineReport {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
  private static final int PERCENT_OF_P95 = 95;

  private final Outcome outcome;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  private LineReport(Outcome outcome, Style style) {
    this.outcome = outcome;
    this.style = style;
  }

  /** Lines of at most {@link Line#COLUMNS} characters. */
  static List<String> of(Outcome outcome, Style style) {
    LineReport report = new LineReport(outcome, style);
    report.judgement();
    report.lines.add("");
    if (outcome.run().measurements().size() > 1) {
      report.requests();
      report.lines.add("");
      report.lines.add("  request " + (outcome.shown() + 1));
    }
    report.lines.addAll(Waterfall.of(outcome.measurement(), style));
    report.peer();
    return report.lines;
  }

  private void judgement() {
    Run run = outcome.run();
    Failure failure = outcome.failure();
    // Something as wide holds the place until lines are broken: colours have no width.
    String place = "\0".repeat(run.up() ? "up".length() : "down".length());
    String why = failure == null ? praise(run) : Line.printable(failure.sentence());
    String sentence = "%s is %s: %s".formatted(Line.printable(outcome.url()), place, why);
    for (String line : Line.wrapped(sentence, 2)) {
      lines.add(line.replace(place, style.judged(run.up())));
    }
    if (!outcome.schemeGiven()) {
      lines.add("  (the URL came without a scheme; https:// was taken)");
    }
    if (failure != null && failure.errorClass() == ErrorClass.BLOCKED_ADDRESS) {
      lines.add("  (--allow says which addresses may be connected to)");
    }
  }

  private String praise(Run run) {
    Measurement shown = outcome.measurement();
    Integer status = shown.last().status();
    int redirects = shown.hops().size() - 1;
    StringBuilder words = new StringBuilder();
    words.append(status == null ? "it answers" : "status " + status);
    if (redirects > 0) {
      words.append(" after ").append(redirects == 1 ? "a redirect" : redirects + " redirects");
    }
    long[] nanos = run.latenciesNanos();
    if (run.measurements().size() == 1) {
      return words + " in " + Times.text(nanos[0]);
    }
    return "%s in %s on average, %d of %d requests"
        .formatted(words, Times.text(average(nanos)), nanos.length, run.measurements().size());
  }

  private void requests() {
    int number = 1;
    for (Measurement each : outcome.run().measurements()) {
      Failure failure = each.failure();
      Integer status = each.last().status();
      String line =
          "  request %-3d  %3s  %9s"
              .formatted(number++, status == null ? "-" : status, Times.text(each.latencyNanos()));
      lines.add(
          failure == null
              ? line
              : Line.cut(
                  "%s  %s: %s".formatted(line, failure.errorClass().spelling(), failure.sentence()),
                  Line.COLUMNS,
                  style));
    }
    long[] nanos = outcome.run().latenciesNanos();
    if (nanos.length > 0) {
      lines.add(
          "  min %s, avg %s, p95 %s, max %s"
              .formatted(
                  Times.text(nanos[0]),
                  Times.text(average(nanos)),
                  Times.text(nearestRank(nanos, PERCENT_OF_P95)),
                  Times.text(nanos[nanos.length - 1])));
    }
  }

  private void peer() {
    Measurement measurement = outcome.measurement();
    Hop last = measurement.last();
    Peer peer = last.peer();
    List<String> details = new ArrayList<>();
    if (peer != null) {
      String refused = peer.refusedAddress();
      detail(
          details,
          "address",
          peer.address() + (refused == null ? "" : ", since " + refused + " refuses"));
    }
    if (last.version() != null) {
      detail(details, "protocol", last.version());
    }
    if (peer != null && peer.tlsVersion() != null) {
      String cipher = peer.tlsCipher();
      detail(details, "TLS", peer.tlsVersion() + (cipher == null ? "" : ", " + cipher));
    }
    if (peer != null && peer.chain() != null) {
      certificate(details, peer.chain());
    }
    if (measurement.reply() instanceof Reply.Dns dns) {
      detail(details, "answer", dns.responseCode());
      dns.answers().forEach(answer -> detail(details, "", answer));
    }
    if (!details.isEmpty()) {
      lines.add("");
      lines.addAll(details);
    }
  }

  private void certificate(List<String> details, Peer.Chain chain) {
    detail(details, "certificate", chain.subject());
    detail(details, "issuer", chain.issuer());
    Long left = outcome.certificateDays(outcome.measurement().last().peer());
    long days = left == null ? 0 : left;
    String day = DAY.format(chain.earliestExpiry());
    detail(
        details,
        "valid until",
        chain.earliestExpiry().isBefore(outcome.at())
            ? "%s, which is over".formatted(day)
            : "%s, %s left".formatted(day, days == 1 ? "1 day" : "%,d days".formatted(days)));
  }

  private void detail(List<String> details, String name, String value) {
    details.add(Line.cut("  %-13s%s".formatted(name, Line.printable(value)), Line.COLUMNS, style));
  }

  private static long average(long[] nanos) {
    return (long) Arrays.stream(nanos).average().orElse(0);
  }

  /** One of the values, never one in between. */
  private static long nearestRank(long[] ascending, int percent) {
    return ascending[Math.max(1, Math.ceilDiv(ascending.length * percent, 100)) - 1];
  }
}
