// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Terraform would make ({@code terraform show -json}). What is only known once it is made,
 * such as the name of a key, is not among a resource's values.
 */
final class TerraformPlan {

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Planned> resources = new ArrayList<>();

  /**
   * One resource.
   *
   * @param address such as {@code module.results.aws_sqs_queue.main}
   */
  record Planned(String address, String type, Map<String, Object> values) {

    /** A block of which there is one. */
    Map<String, Object> block(String name) {
      return Shape.map(Shape.list(values.get(name)).getFirst());
    }

    String text(String name) {
      return Shape.text(values.get(name));
    }

    /** A text that is JSON. */
    Map<String, Object> document(String name) {
      return Shape.map(JSON.readValue(text(name), Map.class));
    }
  }

  private TerraformPlan(Map<String, Object> root) {
    collect(root);
  }

  static TerraformPlan of(String json) {
    Map<String, Object> plan = Shape.map(JSON.readValue(json, Map.class));
    return new TerraformPlan(Shape.map(Shape.map(plan.get("planned_values")).get("root_module")));
  }

  private void collect(Map<String, Object> module) {
    for (Object each : Shape.list(module.get("resources"))) {
      Map<String, Object> resource = Shape.map(each);
      if (!"managed".equals(resource.get("mode"))) {
        continue; // What is asked for only, some of it later.
      }
      resources.add(
          new Planned(
              Shape.text(resource.get("address")),
              Shape.text(resource.get("type")),
              Shape.map(resource.getOrDefault("values", Map.of()))));
    }
    Shape.list(module.get("child_modules")).forEach(each -> collect(Shape.map(each)));
  }

  List<Planned> ofType(String type) {
    return resources.stream().filter(each -> each.type().equals(type)).toList();
  }

  Planned at(String address) {
    return resources.stream()
        .filter(each -> each.address().equals(address))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + address + " in the plan"));
  }

  /** What roles allow, by the address of the policy; those known beforehand. */
  Map<String, List<Grant>> grants() {
    Map<String, List<Grant>> grants = new LinkedHashMap<>();
    for (Planned policy : ofType("aws_iam_role_policy")) {
      if (policy.values().get("policy") != null) {
        grants.put(policy.address(), Grant.of(policy.document("policy")));
      }
    }
    return grants;
  }
}
