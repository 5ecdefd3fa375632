// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Site;
import java.util.List;
import java.util.stream.Collectors;

/** Reads texts of tests, in the region {@code here}. */
final class Readings {

  private Readings() {}

  static List<Site> sites(String text) {
    return switch (new SiteReader("here").read("test", text)) {
      case SiteReader.Reading.Sites sites -> sites.sites();
      case SiteReader.Reading.Refused refused ->
          throw new AssertionError("refused: " + refused.problems() + "\nof " + text);
    };
  }

  /** As people see them. */
  static List<String> problems(String text) {
    return switch (new SiteReader("here").read("test", text)) {
      case SiteReader.Reading.Sites sites ->
          throw new AssertionError("taken: " + sites.sites() + "\nof " + text);
      case SiteReader.Reading.Refused refused ->
          refused.problems().stream().map(SiteProblem::toString).toList();
    };
  }

  /** A file of these sites, each as it is stored. */
  static String file(List<Site> sites) {
    return sites.stream()
        .map(SiteWriter::write)
        .collect(Collectors.joining(",\n", "{\"sites\":[\n", "\n]}\n"));
  }
}
