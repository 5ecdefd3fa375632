// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A site that is watched.
 *
 * @param name what people call it, 1 to {@value #NAME_LENGTH_MAX} characters; its id where it was
 *     given none
 * @param group with which others it stands together, up to {@value #GROUP_LENGTH_MAX} characters;
 *     empty for none
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
    String name,
    String group,
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

  /** Characters of a name, as Unicode counts them: what a heading or a row can show. */
  public static final int NAME_LENGTH_MAX = 100;

  /** Characters of a group's name. */
  public static final int GROUP_LENGTH_MAX = 63;

  private static final Pattern REGION =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,%d}".formatted(REGION_LENGTH_MAX - 1));

  public Site {
    regions = List.copyOf(regions);
    checkTitle("name", name, NAME_LENGTH_MAX);
    if (!group.isEmpty()) {
      checkTitle("group", group, GROUP_LENGTH_MAX);
    }
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

  /** A site that is called by its id and belongs to no group. */
  public Site(
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
    this(
        key,
        key.id(),
        "",
        endpoint,
        interval,
        regions,
        enabled,
        check,
        sampling,
        expectations,
        confirmation,
        incidents);
  }

  /**
   * What people read on one line: not blank, not too long, nothing that controls a terminal.
   *
   * @throws IllegalArgumentException that says what is wrong, as in "the name is blank"
   */
  private static void checkTitle(String what, String text, int lengthMax) {
    String wrong = titleProblem(text, lengthMax);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("the %s %s".formatted(what, wrong));
    }
  }

  /** What is wrong with a name or a group; empty where nothing is. */
  public static String titleProblem(String text, int lengthMax) {
    if (text.isBlank()) {
      return "is empty; leave it out";
    }
    int characters = text.codePointCount(0, text.length());
    if (characters > lengthMax) {
      return "has %,d characters, at most %,d".formatted(characters, lengthMax);
    }
    if (text.codePoints().anyMatch(Site::breaksTheLine)) {
      return "has a control character, such as the end of a line; it stands on one line";
    }
    return "";
  }

  private static boolean breaksTheLine(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
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
