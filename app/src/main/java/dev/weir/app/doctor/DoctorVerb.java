// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.doctor;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.logging.LogSetup;
import dev.weir.app.serve.RoomOptions;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.ConnectorFlags;
import dev.weir.app.settings.ConnectorSettings;
import dev.weir.app.settings.DoctorFlags;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.app.settings.UpstreamSettings;
import dev.weir.app.settings.UsageException;
import dev.weir.store.timestream.diagnosis.Diagnosis;
import dev.weir.store.timestream.diagnosis.Finding;
import dev.weir.store.timestream.diagnosis.Finding.State;
import dev.weir.store.timestream.diagnosis.Subject;
import dev.weir.store.timestream.diagnosis.Surroundings;
import java.util.List;
import java.util.function.Consumer;

/** {@code weir doctor}. */
public final class DoctorVerb implements Verb {

  private static final String CREDENTIALS = "credentials";

  private final Surroundings surroundings;

  public DoctorVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "Checks what the connector needs: credentials, endpoints, clock, table, rights.";
  }

  @Override
  public List<Flag<?>> flags() {
    return DoctorFlags.ALL;
  }

  /** As the connector's, so that only the verb differs. */
  @Override
  public Arguments.BooleanStyle booleanStyle() {
    return Arguments.BooleanStyle.TAKES_WORD;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    // What goes wrong is in the lines; the SDK's own log would only repeat it.
    LogSetup.apply(new ServeSettings.Log(false, LogLevel.ERROR, LogFormat.LOGFMT));
    Report report =
        settings.value(DoctorFlags.JSON)
            ? new JsonReport(terminal.out())
            : new LineReport(terminal.out());
    ConnectorSettings told;
    try {
      told = ConnectorSettings.of(settings, terminal.environment());
    } catch (UsageException e) {
      report.accept(Finding.of("settings", State.FAIL, String.valueOf(e.getMessage())));
      report.accept(Finding.skipped(ListenCheck.NAME, "needs the settings"));
      Diagnosis.AFTER_SETTINGS.forEach(
          name -> report.accept(Finding.skipped(name, "needs the settings")));
      return report.end() ? 0 : 1;
    }
    UpstreamSettings upstream = told.upstream();
    Subject subject =
        new Subject(
            upstream.region(), upstream.writeEndpoint(), upstream.queryEndpoint(), told.table());
    boolean brought = upstream.credentials() == CredentialsSource.REQUEST;
    report.accept(Diagnosis.settings(subject));
    report.accept(ListenCheck.of(RoomOptions.server(told.web(), brought)));
    new Diagnosis(surroundings).examine(subject, brought ? explaining(report) : report);
    return report.end() ? 0 : 1;
  }

  /** The connector has no credentials of its own then; those of this machine stand for them. */
  private static Consumer<Finding> explaining(Consumer<Finding> report) {
    return finding ->
        report.accept(
            finding.name().equals(CREDENTIALS)
                ? new Finding(
                    finding.name(),
                    finding.state(),
                    finding.message()
                        + " (--"
                        + ConnectorFlags.CREDENTIALS.name()
                        + "=request: in place of those that requests bring)",
                    finding.remedy(),
                    finding.took())
                : finding);
  }
}
