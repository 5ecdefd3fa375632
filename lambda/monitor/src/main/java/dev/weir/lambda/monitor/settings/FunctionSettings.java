// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import dev.weir.environment.Variables;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.schedule.Anchors;
import dev.weir.store.timestream.Credentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all functions are told, by variables of the environment. The names of the original's
 * variables are kept, so {@code TS_Database} and {@code TS_Table}; {@code
 * docs/monitoring-on-aws.md} lists them all. Each part is asked for when it is needed: a function
 * whose work doesn't need a variable runs without it.
 */
public record FunctionSettings(Variables variables) {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  /** What names of variables begin with that Lambda sets and that are nobody's business. */
  private static final List<String> RESERVED = List.of("AWS_", "LAMBDA_", "_");

  private static final int SHARDS_MAX = 1_000;
  private static final int CONCURRENCY_MAX = 500;

  /** Where results go in Timestream. */
  public CheckTables tables() {
    return new CheckTables(
        variables.value("TS_Database").orElse(CheckTables.ORIGINAL.database()),
        variables.value("TS_Table").orElse(CheckTables.ORIGINAL.table()));
  }

  /** A {@code weir serve} in place of Amazon Timestream; empty for Amazon's. */
  public Optional<URI> timestreamEndpoint() {
    return variables.url("TS_Endpoint");
  }

  /**
   * What a {@code weir serve} knows this function by; empty for the function's role, which is what
   * Amazon's asks for.
   */
  public Optional<Credentials> timestreamCredentials() {
    Optional<String> id = variables.value("TS_AccessKeyId");
    Optional<String> secret = variables.value("TS_SecretAccessKey");
    if (id.isPresent() != secret.isPresent()) {
      throw new IllegalArgumentException(
          "the environment variables TS_AccessKeyId and TS_SecretAccessKey go together;"
              + " one of them is missing");
    }
    return id.map(known -> new Credentials(known, secret.orElseThrow(), null));
  }

  /** The region of Timestream. */
  public String timestreamRegion() {
    return variables.region("TS_Region", region());
  }

  /** Where this function runs. */
  public String region() {
    return variables.region("AWS_REGION", "us-east-1");
  }

  /** Where the tables and the queue of results are. */
  public String homeRegion() {
    return variables.region("WEIR_HOME_REGION", region());
  }

  public String sitesTable() {
    return variables.value("WEIR_SITES_TABLE").orElse("WSMonitoringConfig");
  }

  public String documentsTable() {
    return variables.value("WEIR_DOCUMENTS_TABLE").orElse("WSMonitoringDocuments");
  }

  /** The URL of the queue that slot reports go to. */
  public String resultsQueue() {
    return variables.required("WEIR_RESULTS_QUEUE");
  }

  /** Into how many shards sites are divided that are checked more often than each minute. */
  public int shards() {
    return variables.number("WEIR_SHARDS", 4, SHARDS_MAX);
  }

  /** Runs at a time in one invocation: as many as a batch of ten messages with ten sites has. */
  public int concurrency() {
    return variables.number("WEIR_CONCURRENCY", 100, CONCURRENCY_MAX);
  }

  /**
   * Places whose failure is more likely ours than theirs, with two seconds each; by default none.
   */
  public List<Check> anchors() {
    List<Check> anchors = new ArrayList<>();
    for (String endpoint : words("WEIR_ANCHORS", "")) {
      if (anchors.size() == Anchors.ANCHORS_MAX
          || endpoint.chars().anyMatch(each -> each == '"' || each == '\\' || each < ' ')) {
        throw fault(
            "WEIR_ANCHORS",
            "up to %d URLs with commas between, not '%s'".formatted(Anchors.ANCHORS_MAX, endpoint));
      }
      String site = "{\"id\":\"anchor\",\"timeout\":\"2s\",\"endpoint\":\"" + endpoint + "\"}";
      switch (new SiteReader(region()).read("WEIR_ANCHORS", site)) {
        case SiteReader.Reading.Sites sites -> anchors.add(sites.sites().getFirst().check());
        case SiteReader.Reading.Refused refused ->
            throw fault("WEIR_ANCHORS", refused.problems().getFirst().reason());
      }
    }
    return anchors;
  }

  /**
   * What the names of variables begin with that sites may name as secrets. None may reach what
   * Lambda sets, the function's own credentials above all.
   */
  public List<String> secretPrefixes() {
    List<String> prefixes = words("WEIR_SECRETS_VARIABLES", "WEIR_SECRET_");
    for (String prefix : prefixes) {
      boolean reserved =
          RESERVED.stream().anyMatch(own -> own.startsWith(prefix) || prefix.startsWith(own));
      if (reserved || !PREFIX.matcher(prefix).matches()) {
        throw fault(
            "WEIR_SECRETS_VARIABLES",
            "beginnings of names with commas between, none of which reaches a variable that Lambda"
                + " sets (AWS_, LAMBDA_, _): not '%s'".formatted(prefix));
      }
    }
    return prefixes;
  }

  private List<String> words(String name, String otherwise) {
    return Arrays.stream(variables.value(name).orElse(otherwise).split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static IllegalArgumentException fault(String name, @Nullable String reason) {
    return new IllegalArgumentException("the environment variable " + name + ": " + reason);
  }

  public RecordLayout recordLayout() {
    return variables.oneOf("WEIR_RECORD_LAYOUT", "check", "legacy").equals("check")
        ? RecordLayout.CHECK
        : RecordLayout.LEGACY;
  }

  /** The regions that checks are made from, each with its functions. */
  public Map<String, RegionTargets> regions() {
    return RegionsReader.targets("WEIR_REGIONS", variables.required("WEIR_REGIONS"));
  }

  /** How the functions are called in time. */
  public ScheduleKind schedules() {
    return variables.oneOf("WEIR_SCHEDULES", "scheduler", "rules").equals("scheduler")
        ? ScheduleKind.SCHEDULER
        : ScheduleKind.RULES;
  }

  /** What the two kinds of schedules are called in {@code WEIR_SCHEDULES}. */
  public enum ScheduleKind {
    SCHEDULER,
    RULES
  }

  public String scheduleGroupPrefix() {
    return variables.value("WEIR_SCHEDULE_GROUP_PREFIX").orElse("cpt-monitoring-");
  }

  /** The ARN of the role that EventBridge Scheduler calls the functions by. */
  public String schedulerRole() {
    return variables.required("WEIR_SCHEDULER_ROLE");
  }

  /** ARNs of the queues for what Scheduler can't deliver, by region. */
  public Map<String, String> scheduleDeadLetters() {
    return variables
        .value("WEIR_SCHEDULE_DLQ")
        .map(text -> RegionsReader.texts("WEIR_SCHEDULE_DLQ", text))
        .orElse(Map.of());
  }

  public String rulePrefix() {
    return variables.value("WEIR_RULE_PREFIX").orElse("CPT_WSMon_RULE_");
  }

  /**
   * Where checks and notices may connect to, for all customers. Not to the function itself, unless
   * a range says so.
   */
  public NetworkPolicy networkPolicy() {
    try {
      return OwnAddresses.policy(
          variables.value("WEIR_NETWORK_POLICY").orElse("public"), variables);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("WEIR_NETWORK_POLICY: " + e.getMessage(), e);
    }
  }

  /** The text of a notices file. */
  public Optional<String> notices() {
    return variables.value("WEIR_NOTICES");
  }

  /** The ARN of a topic that is told of everybody's incidents. */
  public Optional<String> noticeTopic() {
    return variables.value("WEIR_NOTICE_TOPIC");
  }
}
