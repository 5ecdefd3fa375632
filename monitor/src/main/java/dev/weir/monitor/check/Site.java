// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A site that is watched.
 *
 * @param endpoint as it was written; what it means is in {@code check}
 * @param interval from slot to slot, {@link #INTERVAL_MIN} to {@link #INTERVAL_MAX}
 * @param regions where it is checked from, at least one, each once; see {@link #checkRegion}
 * @param check what is done, by protocol
 * @param sampling how often within one run
 * @param expectations what must be true of it
 * @param confirmation when a failing run counts
 * @param incidents when failing runs become an incident, and when nobody is told
 */
public record Site(
    SiteKey key,
    String endpoint,
    Duration interval,
    List<String> regions,
    boolean enabled,
    Check check,
    Sampling sampling,
    Expectations expectations,
    Confirmation confirmation,
    IncidentRules incidents) {

  public static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
  public static final Duration INTERVAL_MAX = Duration.ofDays(1);
  public static final int REGIONS_MAX = 32;
  public static final int REGION_LENGTH_MAX = 63;

  private static final Pattern REGION =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,%d}".formatted(REGION_LENGTH_MAX - 1));

  public Site {
    regions = List.copyOf(regions);
    if (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
      throw new IllegalArgumentException("an interval is 1s to 24h, not " + interval);
    }
    if (regions.isEmpty()
        || regions.size() > REGIONS_MAX
        || regions.stream().distinct().count() != regions.size()) {
      throw new IllegalArgumentException(
          "a site has 1 to %d different regions, not %s".formatted(REGIONS_MAX, regions));
    }
    regions.forEach(Site::checkRegion);
  }

  /**
   * Regions are named as sites are: they become dimensions, labels, and parts of documents' names.
   *
   * @throws IllegalArgumentException where this can't be a region's name
   */
  public static void checkRegion(String region) {
    if (!isRegion(region)) {
      throw new IllegalArgumentException(
          "a region is 1 to %d of letters, digits, '.', '_', '-', beginning with a letter or digit, not '%s'"
              .formatted(
                  REGION_LENGTH_MAX,
                  region.length() > 80 ? region.substring(0, 80) + "…" : region));
    }
  }

  public static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }
}
