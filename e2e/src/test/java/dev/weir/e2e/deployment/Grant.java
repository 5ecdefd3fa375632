// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One action that is allowed on one resource.
 *
 * @param action as {@code timestream:Select}
 * @param resource an ARN, or {@code *}
 */
public record Grant(String action, String resource) {

  /** What a policy document allows; one that denies or excepts is not understood. */
  public static List<Grant> of(Map<String, Object> document) {
    List<Grant> grants = new ArrayList<>();
    for (Object each : Shape.list(document.get("Statement"))) {
      Map<String, Object> statement = Shape.map(each);
      if (!Shape.text(statement.get("Effect")).equals("Allow")
          || statement.keySet().stream().anyMatch(name -> name.startsWith("Not"))) {
        throw new IllegalArgumentException("a statement that does not just allow: " + statement);
      }
      for (Object action : Shape.list(statement.get("Action"))) {
        for (Object resource : Shape.list(statement.get("Resource"))) {
          grants.add(new Grant(Shape.text(action), Shape.text(resource)));
        }
      }
    }
    return grants;
  }

  @Override
  public String toString() {
    return action + " on " + resource;
  }
}
