// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.rollup;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.logging.LogSetup;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.RollupFlags;
import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.StoreException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code weir rollup --from T [--to T]}. */
public final class RollupVerb implements Verb {

  private final Function<Optional<URI>, HourlyRollup> endpoints;
  private final InstantSource clock;

  /**
   * Makes the verb.
   *
   * @param endpoints gives the rollup in the store at a URL, or at Amazon without one
   */
  public RollupVerb(Function<Optional<URI>, HourlyRollup> endpoints, InstantSource clock) {
    this.endpoints = endpoints;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "rollup";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "Makes hours of check results again, out of the results that are stored.";
  }

  @Override
  public List<Flag<?>> flags() {
    return RollupFlags.ALL;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    Instant from =
        settings
            .value(RollupFlags.FROM)
            .orElseThrow(
                () -> new UsageException("--from is missing, such as --from=2026-11-22T08:00:00Z"));
    Instant now = clock.instant();
    Instant to = settings.value(RollupFlags.TO).filter(now::isAfter).orElse(now);
    LogSetup.apply(new ServeSettings.Log(false, LogLevel.ERROR, LogFormat.LOGFMT));
    CheckTables tables = tables(settings);
    HourlyRollup rollup = rollup(settings);
    for (String customer : settings.value(RollupFlags.CUSTOMERS)) {
      int made = made(rollup, tables, customer, from, to);
      terminal.out().printf("%s: %,d made%n", tables.hourly(customer), made);
    }
    return 0;
  }

  private static int made(
      HourlyRollup rollup, CheckTables tables, String customer, Instant from, Instant to) {
    try {
      return rollup.rebuild(tables.results(customer), tables.hourly(customer), from, to);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        throw new UsageException(
            "table %s is not there; a Weir that serves makes it for its customers, Timestream's must be created"
                .formatted(tables.hourly(customer)));
      }
      throw new UsageException(oneLine(e));
    }
  }

  private static CheckTables tables(Settings settings) {
    try {
      return new CheckTables(
          settings.value(RollupFlags.DATABASE), settings.value(RollupFlags.TABLE));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private HourlyRollup rollup(Settings settings) {
    try {
      return endpoints.apply(settings.value(RollupFlags.ENDPOINT));
    } catch (StoreException e) {
      throw new UsageException(oneLine(e));
    }
  }

  private static String oneLine(StoreException failure) {
    return String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
