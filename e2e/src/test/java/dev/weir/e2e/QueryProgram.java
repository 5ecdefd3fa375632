// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code weir query} as a person runs it: a process with two outputs and an exit status. */
final class QueryProgram implements AutoCloseable {

  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Path output;
  private final Path error;

  private QueryProgram(Process process, Path output, Path error) {
    this.process = process;
    this.output = output;
    this.error = error;
  }

  /** How it ended. */
  record Ended(int status, String output, String error) {}

  /** Starts it with nothing of this machine's own AWS configuration. */
  static QueryProgram start(Path folder, String... words) {
    return startVerb(folder, "query", words);
  }

  private static QueryProgram startVerb(Path folder, String verb, String... words) {
    // A test that was started in the background would hand down that SIGINT is ignored.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of(words));
    command.addAll(WeirProcess.command(arguments));
    try {
      Path output = Files.createTempFile(folder, "query", ".out");
      Path error = Files.createTempFile(folder, "query", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(error.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "AWS_CONFIG_FILE", "/dev/null",
                  "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                  "LC_ALL", "POSIX"));
      return new QueryProgram(builder.start(), output, error);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Ended run(Path folder, String... words) {
    try (QueryProgram program = start(folder, words)) {
      return program.end();
    }
  }

  /** Another verb, run in the same way. */
  static Ended runVerb(Path folder, String verb, String... words) {
    try (QueryProgram program = startVerb(folder, verb, words)) {
      return program.end();
    }
  }

  /** What Ctrl-C does. */
  void interrupt() {
    try {
      Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long peakResidentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  long outputBytes() {
    try {
      return Files.size(output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path output() {
    return output;
  }

  Ended end() {
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
      return new Ended(
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

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
