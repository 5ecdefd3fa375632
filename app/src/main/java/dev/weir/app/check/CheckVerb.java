// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.cli.Version;
import dev.weir.app.logging.LogSetup;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.CheckFlags;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.probe.SiteProber;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code weir check URL}: exit code 0 up, 1 down, 2 for a check that can't be made. */
public final class CheckVerb implements Verb {

  private static final int UP = 0;
  private static final int DOWN = 1;
  private static final int USAGE = 2;

  private final InstantSource clock;
  private final BooleanSupplier screen;

  /**
   * Makes the verb.
   *
   * @param screen whether standard output is a terminal
   */
  public CheckVerb(InstantSource clock, BooleanSupplier screen) {
    this.clock = clock;
    this.screen = screen;
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String operands() {
    return "URL";
  }

  @Override
  public String summary() {
    return "Checks a site now: is it up, where does the time go, how long is its certificate good.";
  }

  @Override
  public List<Flag<?>> flags() {
    return CheckFlags.ALL;
  }

  @Override
  public int usageStatus() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    LogSetup.apply(new ServeSettings.Log(false, LogLevel.ERROR, LogFormat.LOGFMT));
    WantedCheck wanted =
        WantedCheck.of(
            arguments.operands().getFirst(), settings, terminal.environment(), terminal.folder());
    SiteProber prober =
        new SiteProber(Resolver.system(), wanted.secrets(), clock, Thread::sleep, Version.text());
    prober.warmUp();
    Site site = wanted.site();
    Run run = prober.attempt(site.check(), site.sampling(), site.expectations(), wanted.policy());
    if (run.doubtful() && run.failure() != null) { // A secret or a key that can't be read.
      throw new UsageException(run.failure().sentence());
    }
    Outcome outcome = new Outcome(wanted.url(), wanted.schemeGiven(), run, clock.instant());
    print(outcome, settings.value(CheckFlags.JSON), terminal);
    return run.up() ? UP : DOWN;
  }

  private void print(Outcome outcome, boolean asJson, Terminal terminal) {
    PrintStream out = terminal.out();
    if (asJson) {
      // JSON is UTF-8, whatever the terminal's own encoding is.
      out.writeBytes((JsonReport.of(outcome) + "\n").getBytes(StandardCharsets.UTF_8));
    } else {
      LineReport.of(outcome, Style.of(terminal, screen.getAsBoolean())).forEach(out::println);
    }
    out.flush();
  }
}
