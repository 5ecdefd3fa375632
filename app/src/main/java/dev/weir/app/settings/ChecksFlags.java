// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.OPTIONAL_PATH;
import static dev.weir.app.settings.FlagType.SIZE;
import static dev.weir.app.settings.FlagType.TEXT;
import static dev.weir.app.settings.FlagType.WORDS;
import static dev.weir.app.settings.FlagType.choice;
import static dev.weir.app.settings.FlagType.whole;

import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.schedule.ScheduleOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The flags of website checks. */
public final class ChecksFlags {

  public static final Flag<String> REGION =
      Flag.of(
          "checks.region",
          TEXT,
          "local",
          "Where this Weir checks from; sites that name other regions only are left alone.");

  public static final Flag<Integer> CONCURRENCY =
      Flag.of(
          "checks.concurrency",
          whole(1, ScheduleOptions.CONCURRENCY_MAX),
          Integer.toString(ScheduleOptions.CONCURRENCY_DEFAULT),
          "Checks that may run at once, each with a thread and about 110 KB; others wait for a"
              + " place.");

  public static final Flag<String> DATABASE =
      Flag.of(
          "checks.database",
          TEXT,
          CheckTables.ORIGINAL.database(),
          "Database of the results; customers have DATABASE-CUSTOMER.");

  public static final Flag<String> TABLE =
      Flag.of("checks.table", TEXT, CheckTables.ORIGINAL.table(), "Table of the results.");

  public static final Flag<RecordLayout> RECORD_LAYOUT =
      Flag.of(
          "checks.record-layout",
          choice(layouts()),
          "check",
          "One record for each result, or the four of the original monitor.");

  public static final Flag<Long> QUEUE_SIZE =
      Flag.of(
          "checks.queue-size",
          SIZE,
          "512MiB",
          "Results that wait on disk while the store can't take them; the oldest go beyond it.");

  public static final Flag<Set<String>> ANCHORS =
      Flag.of(
          "checks.anchors",
          WORDS,
          "",
          "Endpoints that are as good as always there. When most sites and all of these fail, our"
              + " own side is taken to be broken and failures are marked doubtful.");

  public static final Flag<String> NETWORK_POLICY =
      Flag.of(
          "checks.network-policy",
          TEXT,
          "auto",
          "Where checks may connect to: public, any, or ranges such as 10.0.0.0/8, and after ';'"
              + " CUSTOMER=POLICY. auto is any on loopback, else public; customers have public.");

  public static final Flag<Optional<Path>> SECRETS_FOLDER =
      Flag.of(
          "checks.secrets-folder",
          OPTIONAL_PATH,
          "",
          "Where relative paths of ${file:...} begin; without it the data folder's secrets.");

  public static final Flag<Set<String>> SECRETS_VARIABLES =
      Flag.of(
          "checks.secrets-variables",
          WORDS,
          "",
          "What names of variables begin with that ${env:...} may name, such as WEIR_SECRET_;"
              + " without it any.");

  public static final Flag<Optional<Path>> NOTICES_FILE =
      Flag.of("notices.file", OPTIONAL_PATH, "", "Who is told of incidents; see docs/notices.md.");

  public static final Flag<Optional<Path>> PROBE_CONFIG_FILE =
      Flag.of(
          "probe.config-file",
          OPTIONAL_PATH,
          "",
          "Modules of /probe, in the form of blackbox_exporter; without it http_2xx alone.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      List.of(
          REGION,
          CONCURRENCY,
          DATABASE,
          TABLE,
          RECORD_LAYOUT,
          QUEUE_SIZE,
          ANCHORS,
          NETWORK_POLICY,
          SECRETS_FOLDER,
          SECRETS_VARIABLES,
          NOTICES_FILE,
          PROBE_CONFIG_FILE);

  private ChecksFlags() {}

  private static LinkedHashMap<String, RecordLayout> layouts() {
    LinkedHashMap<String, RecordLayout> layouts = new LinkedHashMap<>();
    layouts.put("check", RecordLayout.CHECK);
    layouts.put("legacy", RecordLayout.LEGACY);
    return layouts;
  }
}
