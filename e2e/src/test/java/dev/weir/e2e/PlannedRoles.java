// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.e2e.deployment.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the roles of {@code deploy/monitoring} allow, as Terraform plans them for a home region and
 * one more: by {@code terraform plan}, with moto to say which account it is. Where Terraform or its
 * provider can't be had, the test is skipped.
 */
final class PlannedRoles {

  private static final Path SOURCE = Path.of("..", "deploy", "monitoring").toAbsolutePath();
  private static final String PLUGINS =
      System.getenv().getOrDefault("WEIR_TERRAFORM_PLUGINS", "/opt/tf-plugins");
  private static final long LIMIT_SECONDS = 120;

  /**
   * Of module and name of the policy; a policy that is known only after it was applied is empty.
   */
  private final Map<String, Map<String, List<Grant>>> policies = new TreeMap<>();

  private PlannedRoles(JsonNode plan) {
    read("", plan.path("planned_values").path("root_module"));
  }

  /** Plans the stack with these variables. */
  static PlannedRoles of(Path folder, String endpoint, Map<String, String> variables) {
    Path copy = folder.resolve("terraform");
    copy(copy);
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL", endpoint);
    environment.put("AWS_ACCESS_KEY_ID", "AKIATERRAFORM");
    environment.put("AWS_SECRET_ACCESS_KEY", "terraform");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("CHECKPOINT_DISABLE", "1");
    variables.forEach((name, value) -> environment.put("TF_VAR_" + name, value));
    List<String> init = new ArrayList<>(List.of("init", "-input=false", "-no-color"));
    if (Files.isDirectory(Path.of(PLUGINS))) {
      init.add("-plugin-dir=" + PLUGINS);
    }
    Result initialized = run(copy, environment, init);
    assumeTrue(
        initialized.status() == 0,
        () -> "terraform has no AWS provider: set WEIR_TERRAFORM_PLUGINS. " + initialized.output());
    Result planned =
        run(copy, environment, List.of("plan", "-input=false", "-no-color", "-out=plan"));
    Result shown = run(copy, environment, List.of("show", "-json", "plan"));
    if (planned.status() != 0 || shown.status() != 0) {
      throw new AssertionError(planned.output() + shown.output());
    }
    String json = shown.output();
    delete(copy.resolve(".terraform"));
    return new PlannedRoles(WireApi.JSON.readTree(json.substring(json.indexOf('{'))));
  }

  /** What the role of a module's function allows, by all its policies but its log and its keys. */
  List<Grant> of(String module) {
    List<Grant> grants = new ArrayList<>();
    policies
        .getOrDefault(module, Map.of())
        .forEach((name, some) -> {
          if (!name.equals("log") && !name.equals("keys")) {
            grants.addAll(some);
          }
        });
    if (grants.isEmpty()) {
      throw new AssertionError("no " + module + " among " + policies.keySet());
    }
    return grants;
  }

  private void read(String address, JsonNode module) {
    for (JsonNode resource : module.path("resources")) {
      if (resource.path("type").asString().equals("aws_iam_role_policy")) {
        JsonNode values = resource.path("values");
        String policy = values.path("policy").asString("");
        policies
            .computeIfAbsent(address, key -> new TreeMap<>())
            .put(
                values.path("name").asString(),
                policy.isEmpty() ? List.of() : Grant.of(document(policy)));
      }
    }
    for (JsonNode child : module.path("child_modules")) {
      read(child.path("address").asString(), child);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> document(String policy) {
    return WireApi.JSON.readValue(policy, Map.class);
  }

  private static void copy(Path to) {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String relative = SOURCE.relativize(file).toString();
        if (relative.endsWith(".tf")) {
          Path target = to.resolve(relative);
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links into the folder of plugins are removed, not followed. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Result(int status, String output) {}

  private static Result run(Path folder, Map<String, String> environment, List<String> words) {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(words);
    try {
      Path output = Files.createTempFile(folder, "terraform", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      builder.environment().remove("TF_CLI_CONFIG_FILE");
      builder.environment().remove("AWS_PROFILE");
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " took too long");
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      // No such program.
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
