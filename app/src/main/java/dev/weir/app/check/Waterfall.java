// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a request below each other, each a bar that begins where the one before ended; all
 * hops share one scale.
 */
final class Waterfall {

  /** Cells of the whole request. */
  static final int CELLS = 64;

  private final Measurement measurement;
  private final Style style;
  private final List<String> lines = new ArrayList<>();
  private final long wholeNanos;
  private long nanosBefore;

  private Waterfall(Measurement measurement, Style style) {
    this.measurement = measurement;
    this.style = style;
    long phases = measurement.hops().stream().mapToLong(hop -> hop.phases().totalNanos()).sum();
    this.wholeNanos = Math.max(1, Math.max(phases, measurement.latencyNanos()));
  }

  static List<String> of(Measurement measurement, Style style) {
    Waterfall waterfall = new Waterfall(measurement, style);
    List<Hop> hops = measurement.hops();
    for (int i = 0; i < hops.size(); i++) {
      Hop hop = hops.get(i);
      if (hops.size() > 1) {
        String status = hop.status() == null ? "" : "  " + hop.status();
        waterfall.lines.add("  " + Line.cut(hop.target(), 80, style) + status);
      }
      waterfall.hop(hop, i + 1 == hops.size());
    }
    return waterfall.lines;
  }

  private void hop(Hop hop, boolean last) {
    // With a reply nothing broke off: what failed, if anything, was expected of it.
    boolean brokeOff = last && !measurement.succeeded() && measurement.reply() == null;
    Part end = brokeOff ? Part.last(hop.phases()) : null;
    for (Part part : Part.values()) {
      part(part, part.nanos(hop.phases()), part == end);
    }
  }

  private void part(Part part, @Nullable Long nanos, boolean end) {
    String time = nanos == null ? "-" : Times.text(nanos);
    StringBuilder line = new StringBuilder("    %-8s%9s".formatted(part.word(), time));
    if (nanos != null && nanos > 0) {
      int from = Math.min(CELLS - 1, cell(nanosBefore));
      nanosBefore += nanos;
      int to = Math.min(CELLS, Math.max(from + 1, cell(nanosBefore)));
      line.append("  ").append(" ".repeat(from)).append(style.block().repeat(to - from));
    }
    if (end) {
      line.append(' ').append(style.cross());
    }
    lines.add(line.toString());
  }

  private int cell(long nanos) {
    return (int) Math.round((double) nanos / wholeNanos * CELLS);
  }
}
