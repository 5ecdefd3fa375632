// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import dev.weir.e2e.house.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A template under {@code deploy/}, as it was written. */
public final class Template {

  /** Account and region of the stacks that are resolved here. */
  public static final String ACCOUNT = "111122223333";

  public static final String REGION = "us-west-2";

  private final Path file;
  private final Map<String, Object> document;

  private Template(Path file, Map<String, Object> document) {
    this.file = file;
    this.document = document;
  }

  /** The template of a folder under {@code deploy/}. */
  public static Template in(String folder) {
    return of(deploy().resolve(folder).resolve("template.yaml"));
  }

  /** All templates under {@code deploy/}. */
  public static List<Template> all() {
    try (Stream<Path> folders = Files.list(deploy())) {
      return folders
          .map(folder -> folder.resolve("template.yaml"))
          .filter(Files::exists)
          .sorted()
          .map(Template::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Template of(Path file) {
    try {
      return new Template(file, TemplateText.read(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path deploy() {
    return Checkout.ofThisBuild().root().resolve("deploy");
  }

  private Path folder() {
    return file.getParent();
  }

  Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    section("Parameters")
        .forEach((name, written) -> parameters.put(name, new Parameter(Shape.map(written))));
    return parameters;
  }

  Map<String, Object> section(String name) {
    return document.containsKey(name) ? Shape.map(document.get(name)) : Map.of();
  }

  /** The stack that these values of parameters would make, and the defaults of all others. */
  public Stack stack(Map<String, String> arguments) {
    Map<String, Object> values =
        new LinkedHashMap<>(
            Map.of(
                "AWS::Region", REGION,
                "AWS::AccountId", ACCOUNT,
                "AWS::Partition", "aws",
                "AWS::URLSuffix", "amazonaws.com",
                "AWS::StackName", "stack"));
    parameters()
        .forEach((name, parameter) -> {
          String given = arguments.get(name);
          if (given != null && !parameter.accepts(given)) {
            throw new IllegalArgumentException(name + " refuses " + given);
          }
          String value = given == null ? parameter.defaultValue().orElseThrow() : given;
          values.put(name, parameter.isList() ? Arrays.asList(value.split(",")) : value);
        });
    Functions functions = new Functions(values, section("Conditions"));
    Map<String, Map<String, Object>> resources = new LinkedHashMap<>();
    section("Resources")
        .forEach((name, each) -> {
          Map<String, Object> resource = Shape.map(each);
          if (!(resource.get("Condition") instanceof String condition)
              || functions.holds(condition)) {
            resources.put(name, Shape.map(functions.resolved(resource)));
          }
        });
    return new Stack(folder(), resources, Shape.map(functions.resolved(section("Outputs"))));
  }

  @Override
  public String toString() {
    return file.getParent().getFileName().toString();
  }
}
