// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a region has that checks are made from.
 *
 * @param check the ARN of the check function's alias
 * @param tick the ARN of the tick function's alias
 * @param orders the URL of the queue of orders; empty where none is told
 */
public record RegionTargets(String check, String tick, String orders) {

  private static final Pattern FUNCTION =
      Pattern.compile("arn:[a-z-]+:lambda:([a-z0-9-]+):\\d{12}:function:[\\w-]+(?::([\\w$-]+))?");

  /**
   * Checks what is told of a region.
   *
   * @throws IllegalArgumentException for a function of another region, or without an alias: what
   *     calls the newest code calls what was never tried, and has no snapshot to start from
   */
  public RegionTargets in(String region) {
    check(region, "check", check);
    check(region, "tick", tick);
    return this;
  }

  private static void check(String region, String what, String arn) {
    Matcher parts = FUNCTION.matcher(arn);
    if (!parts.matches() || !parts.group(1).equals(region)) {
      throw new IllegalArgumentException(
          "WEIR_REGIONS: %s of %s is the ARN of a function there, not '%s'"
              .formatted(what, region, arn));
    }
    if (parts.group(2) == null || parts.group(2).equals("$LATEST")) {
      throw new IllegalArgumentException(
          "WEIR_REGIONS: %s of %s names no alias: '%s'".formatted(what, region, arn));
    }
  }
}
