// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecorderOptions;
import dev.weir.monitor.schedule.Anchors;
import dev.weir.monitor.schedule.ScheduleOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What website checks are told, checked as a whole.
 *
 * @param recorder how and where results are kept
 * @param anchors asked when most sites fail
 * @param policies where the checks of the customers that have a policy of their own may connect to
 * @param secretsFolder where relative paths of secrets begin
 * @param secretsVariables what names of variables begin with that may be named; empty for any
 * @param noticesFile who is told of incidents
 * @param probeConfigFile modules of {@code /probe}
 */
public record ChecksSettings(
    ScheduleOptions schedule,
    RecorderOptions recorder,
    List<Check> anchors,
    Map<String, NetworkPolicy> policies,
    Path secretsFolder,
    List<String> secretsVariables,
    Optional<Path> noticesFile,
    Optional<Path> probeConfigFile) {

  private static final NetworkPolicy PUBLIC = NetworkPolicies.parse("public");

  /**
   * Where a customer's checks and channels may connect to; everybody's channels are the operator's.
   */
  public NetworkPolicy policy(String customer) {
    String owner = customer.equals(Channels.EVERYBODY) ? SiteKey.DEFAULT_CUSTOMER : customer;
    return policies.getOrDefault(owner, PUBLIC);
  }

  static ChecksSettings of(Settings settings, Path dataDir, boolean loopback) {
    String region = region(settings);
    try {
      return new ChecksSettings(
          new ScheduleOptions(
              region, settings.value(ChecksFlags.CONCURRENCY), 1, ScheduleOptions.GRACE_DEFAULT),
          new RecorderOptions(
              dataDir.resolve("results"),
              settings.value(ChecksFlags.QUEUE_SIZE),
              settings.value(ChecksFlags.RECORD_LAYOUT),
              new CheckTables(
                  settings.value(ChecksFlags.DATABASE), settings.value(ChecksFlags.TABLE))),
          anchors(settings, region),
          policies(settings, loopback),
          settings.value(ChecksFlags.SECRETS_FOLDER).orElse(dataDir.resolve("secrets")),
          List.copyOf(settings.value(ChecksFlags.SECRETS_VARIABLES)),
          settings.value(ChecksFlags.NOTICES_FILE),
          settings.value(ChecksFlags.PROBE_CONFIG_FILE));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String region(Settings settings) {
    String region = settings.value(ChecksFlags.REGION);
    try {
      Site.checkRegion(region);
      return region;
    } catch (IllegalArgumentException e) {
      throw settings.fault(ChecksFlags.REGION, String.valueOf(e.getMessage()));
    }
  }

  private static List<Check> anchors(Settings settings, String region) {
    List<String> endpoints = List.copyOf(settings.value(ChecksFlags.ANCHORS));
    if (endpoints.size() > Anchors.ANCHORS_MAX) {
      throw settings.fault(
          ChecksFlags.ANCHORS,
          "at most %d are possible, not %d".formatted(Anchors.ANCHORS_MAX, endpoints.size()));
    }
    List<Check> checks = new ArrayList<>();
    for (String endpoint : endpoints) {
      switch (new SiteReader(region).read("anchor", site(settings, endpoint))) {
        case SiteReader.Reading.Sites(List<Site> sites) -> checks.add(sites.getFirst().check());
        case SiteReader.Reading.Refused refused ->
            throw settings.fault(ChecksFlags.ANCHORS, refused.problems().getFirst().reason());
      }
    }
    return checks;
  }

  private static String site(Settings settings, String endpoint) {
    if (endpoint.chars().anyMatch(each -> each == '"' || each == '\\' || each < ' ')) {
      throw settings.fault(ChecksFlags.ANCHORS, "an endpoint has no quotes and backslashes");
    }
    return "{\"sites\":[{\"id\":\"anchor\",\"timeout\":\"2s\",\"endpoint\":\"" + endpoint + "\"}]}";
  }

  private static Map<String, NetworkPolicy> policies(Settings settings, boolean loopback) {
    Map<String, NetworkPolicy> policies = new HashMap<>();
    for (String part : settings.value(ChecksFlags.NETWORK_POLICY).split(";")) {
      int equals = part.indexOf('=');
      String customer = equals < 0 ? SiteKey.DEFAULT_CUSTOMER : part.substring(0, equals).strip();
      SiteKey.checkCustomer(customer);
      String text = part.substring(equals + 1).strip();
      boolean auto = equals < 0 && text.equals("auto");
      String policy = !auto ? text : loopback ? "any" : "public";
      if (policies.put(customer, NetworkPolicies.parse(policy)) != null) {
        throw settings.fault(
            ChecksFlags.NETWORK_POLICY, "customer " + customer + " has two policies");
      }
    }
    policies.putIfAbsent(
        SiteKey.DEFAULT_CUSTOMER, NetworkPolicies.parse(loopback ? "any" : "public"));
    return Map.copyOf(policies);
  }
}
