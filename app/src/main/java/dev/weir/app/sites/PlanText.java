// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import java.util.ArrayList;
import java.util.List;

/** A plan for a person. */
final class PlanText {

  private final Object plan;

  PlanText(Object plan) {
    this.plan = plan;
  }

  boolean isEmpty() {
    return count("additions") + count("changes") + count("removals") == 0;
  }

  /** One line a site, those that change with what changes below, and the counts. */
  String lines() {
    StringBuilder text = new StringBuilder();
    List<List<String>> additions = new ArrayList<>();
    for (Object site : JsonTree.list(plan, "additions")) {
      additions.add(List.of("+ " + name(site), Shown.brief(JsonTree.text(site, "endpoint"))));
    }
    text.append(Shown.aligned(additions, "  "));
    for (Object site : JsonTree.list(plan, "changes")) {
      text.append("  ~ ").append(name(site)).append('\n');
      List<List<String>> fields = new ArrayList<>();
      for (Object difference : JsonTree.list(site, "differences")) {
        fields.add(
            List.of(
                Shown.text(JsonTree.text(difference, "field")),
                value(difference, "before") + " → " + value(difference, "after")));
      }
      text.append(Shown.aligned(fields, "      "));
    }
    for (Object site : JsonTree.list(plan, "removals")) {
      text.append("  - ").append(name(site)).append('\n');
    }
    return text.append(isEmpty() ? "" : "\n").append(counts()).append('\n').toString();
  }

  private String counts() {
    String unchanged = JsonTree.text(plan, "unchanged") + " unchanged";
    return isEmpty()
        ? "Nothing to change, " + unchanged + "."
        : "%d to add, %d to change, %d to remove, %s."
            .formatted(count("additions"), count("changes"), count("removals"), unchanged);
  }

  private int count(String what) {
    return JsonTree.list(plan, what).size();
  }

  private static String name(Object site) {
    return Shown.text(JsonTree.text(site, "customer") + "/" + JsonTree.text(site, "id"));
  }

  private static String value(Object difference, String side) {
    return JsonTree.has(difference, side)
        ? Shown.brief(JsonTree.text(difference, side))
        : "(not set)";
  }
}
