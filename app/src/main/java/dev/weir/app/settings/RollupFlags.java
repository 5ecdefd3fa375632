// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.record.CheckTables;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The flags of {@code weir rollup}. */
public final class RollupFlags {

  private static final FlagType<Optional<Instant>> TIME =
      new FlagType<>(
          "TIME", "a time such as 2026-11-22T08:00:00Z or 2026-11-22", RollupFlags::time);

  public static final Flag<Optional<Instant>> FROM =
      Flag.of("from", TIME, "", "The hour that holds this time is the first.");

  public static final Flag<Optional<Instant>> TO =
      Flag.of("to", TIME, "", "The hour that holds this time is not made any more. Default: now.");

  public static final Flag<Set<String>> CUSTOMERS =
      Flag.of("customers", FlagType.WORDS, SiteKey.DEFAULT_CUSTOMER, "Whose hours are made.");

  public static final Flag<String> DATABASE =
      Flag.of(
          "checks.database",
          FlagType.TEXT,
          CheckTables.ORIGINAL.database(),
          "Database of the results; customers have DATABASE-CUSTOMER.");

  public static final Flag<String> TABLE =
      Flag.of("checks.table", FlagType.TEXT, CheckTables.ORIGINAL.table(), "Table of the results.");

  public static final Flag<Optional<URI>> ENDPOINT = QueryFlags.ENDPOINT;

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL = List.of(FROM, TO, CUSTOMERS, DATABASE, TABLE, ENDPOINT);

  private RollupFlags() {}

  private static Optional<Instant> time(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text.contains("T") ? text : text + "T00:00:00Z"));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(null, e);
    }
  }
}
