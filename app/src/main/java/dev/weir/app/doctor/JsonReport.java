// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.doctor;

import dev.weir.app.logging.Escapes;
import dev.weir.store.timestream.diagnosis.Finding;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.PrintStream;
import java.util.Locale;

/** {@code {"checks":[{"name","state","message","remedy","ms"}],"ok":…}}, a check on each line. */
final class JsonReport implements Report {

  private final PrintStream out;
  private final StringBuilder text = new StringBuilder("{\"checks\":[");
  private boolean first = true;
  private boolean failed;

  JsonReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(Finding finding) {
    failed |= finding.state() == State.FAIL;
    text.append(first ? "\n" : ",\n").append("{\"name\":");
    first = false;
    quoted(finding.name());
    text.append(",\"state\":");
    quoted(finding.state().name().toLowerCase(Locale.ROOT));
    text.append(",\"message\":");
    quoted(finding.message());
    text.append(",\"remedy\":");
    if (finding.remedy().isEmpty()) {
      text.append("null");
    } else {
      quoted(finding.remedy());
    }
    text.append(",\"ms\":").append(finding.took().toMillis()).append('}');
  }

  @Override
  public boolean end() {
    out.println(text.append("\n],\"ok\":").append(!failed).append('}'));
    return !failed;
  }

  private void quoted(String value) {
    Escapes.append(text.append('"'), value);
    text.append('"');
  }
}
