// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.doctor;

import dev.weir.app.logging.Escapes;
import dev.weir.store.timestream.diagnosis.Finding;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A line for each finding, as soon as it is there, and one for all of them. */
final class LineReport implements Report {

  private final PrintStream out;
  private final Map<State, Integer> counts = new EnumMap<>(State.class);

  LineReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(Finding finding) {
    counts.merge(finding.state(), 1, Integer::sum);
    StringBuilder line = new StringBuilder();
    line.append(
        "%-7s  %-21s  %7s  "
            .formatted(
                finding.state().name().toLowerCase(Locale.ROOT),
                finding.name(),
                finding.took().isZero() ? "" : finding.took().toMillis() + " ms"));
    Escapes.appendControls(line, finding.message());
    if (!finding.remedy().isEmpty()) {
      Escapes.appendControls(line.append(". To do: "), finding.remedy());
    }
    out.println(line);
    out.flush();
  }

  @Override
  public boolean end() {
    int failed = count(State.FAIL);
    int warned = count(State.WARN);
    if (failed > 0) {
      out.println(
          "%d failed, %d skipped, %d with a warning"
              .formatted(failed, count(State.SKIPPED), warned));
    } else {
      out.println(warned == 0 ? "All is well" : "It works, %d with a warning".formatted(warned));
    }
    return failed == 0;
  }

  private int count(State state) {
    return counts.getOrDefault(state, 0);
  }
}
