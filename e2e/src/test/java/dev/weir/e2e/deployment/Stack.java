// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The resources that a template would make, without a function left in them. */
public final class Stack {

  private final Path folder;
  private final Map<String, Map<String, Object>> resources;
  private final Map<String, Object> outputs;

  Stack(Path folder, Map<String, Map<String, Object>> resources, Map<String, Object> outputs) {
    this.folder = folder;
    this.resources = Map.copyOf(resources);
    this.outputs = Map.copyOf(outputs);
  }

  /** The resources of a type, by their logical names. */
  Map<String, Map<String, Object>> ofType(String type) {
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    resources.forEach((name, resource) -> {
      if (type.equals(resource.get("Type"))) {
        found.put(name, resource);
      }
    });
    return found;
  }

  /** The properties of a resource. */
  Map<String, Object> properties(String name) {
    Map<String, Object> resource = resources.get(name);
    if (resource == null) {
      throw new IllegalArgumentException("there is no resource " + name);
    }
    return Shape.map(resource.get("Properties"));
  }

  /** What the policies of a role allow; whole policies of Amazon's are not looked into. */
  public List<Grant> grants(String role) {
    List<Grant> grants = new ArrayList<>();
    for (Object policy : Shape.list(properties(role).get("Policies"))) {
      grants.addAll(Grant.of(Shape.map(Shape.map(policy).get("PolicyDocument"))));
    }
    return grants;
  }

  /** The variables that a function is started with. */
  public Map<String, String> environment(String function) {
    Map<String, String> variables = new LinkedHashMap<>();
    Shape.map(Shape.map(properties(function).get("Environment")).get("Variables"))
        .forEach((name, value) -> variables.put(name, Shape.text(value)));
    return variables;
  }

  /** The names of all functions of Lambda. */
  public Set<String> functions() {
    Set<String> names = new TreeSet<>(ofType("AWS::Serverless::Function").keySet());
    names.addAll(ofType("AWS::Lambda::Function").keySet());
    return names;
  }

  /** The class and method that Lambda calls, as {@code package.Class::method}. */
  public String handler(String function) {
    return Shape.text(properties(function).get("Handler"));
  }

  /** The zip that a function is made of, in this checkout. */
  public Path code(String function) {
    return folder.resolve(Shape.text(properties(function).get("CodeUri"))).normalize();
  }

  /** The variables that the script of a launch template writes down for its service. */
  public Map<String, String> instanceEnvironment(String launchTemplate) {
    Map<String, String> variables = new LinkedHashMap<>();
    userData(launchTemplate)
        .lines()
        .takeWhile(line -> !line.equals("ENV"))
        .filter(line -> line.matches("[A-Z_]+=.*"))
        .forEach(line -> {
          String[] pair = line.split("=", 2);
          variables.put(pair[0], pair[1]);
        });
    return variables;
  }

  /** The script that instances of a launch template run at their first boot. */
  String userData(String launchTemplate) {
    Map<String, Object> data = Shape.map(properties(launchTemplate).get("LaunchTemplateData"));
    return Shape.text(data.get("UserData"));
  }

  String output(String name) {
    return Shape.text(Shape.map(outputs.get(name)).get("Value"));
  }
}
