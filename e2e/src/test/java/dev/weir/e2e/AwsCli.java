// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The AWS command line, with nothing of this machine's own configuration. */
final class AwsCli {

  private static final String VARIABLE = "WEIR_AWS";
  private static final long LIMIT_SECONDS = 90;

  private final String program;
  private final Path folder;
  private final String endpoint;
  private int runs;

  private AwsCli(String program, Path folder, String endpoint) {
    this.program = program;
    this.folder = folder;
    this.endpoint = endpoint;
  }

  /** The program that the variable names; without it the test is skipped. */
  static AwsCli at(String endpoint, Path folder) {
    String program = System.getenv(VARIABLE);
    assumeTrue(program != null, VARIABLE + " does not name an aws command line: skipped");
    return new AwsCli(program, folder, endpoint);
  }

  /** The document that a command prints; nothing at all is an empty object. */
  JsonNode run(String... words) {
    Result result = finish(words);
    assertThat(result.status()).as("%s%n%s", List.of(words), result.error()).isZero();
    return WireApi.JSON.readTree(result.output().isBlank() ? "{}" : result.output());
  }

  /** What a command that must fail says. */
  String fails(String... words) {
    Result result = finish(words);
    assertThat(result.status()).as("%s%n%s", List.of(words), result.output()).isNotZero();
    return result.error().strip();
  }

  private record Result(int status, String output, String error) {}

  private Result finish(String... words) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    command.addAll(List.of("--endpoint-url", endpoint, "--output", "json"));
    Path output = folder.resolve("aws-%d.out".formatted(++runs));
    Path error = folder.resolve("aws-%d.err".formatted(runs));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", "AKIDTEST",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_PAGER", "",
                "LC_ALL", "C.UTF-8"));
    try {
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end");
      }
      return new Result(
          process.exitValue(),
          Files.readString(output, StandardCharsets.UTF_8),
          Files.readString(error, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
