// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import dev.weir.e2e.aws.Invocation;
import dev.weir.e2e.aws.LambdaFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A function from its zip, run as Lambda runs it: Amazon's runtime interface client in a process of
 * its own loads the handler by its name. A process that has ended is followed by another when the
 * next event comes. One event at a time; {@link #kill} may come from another thread.
 */
final class LambdaRuntime implements LambdaFunction, AutoCloseable {

  private final DeployedCode code;
  private final Map<String, String> environment;
  private final boolean snapshot;
  private final Path unpacked;
  private final Path log;
  private volatile LambdaSandbox sandbox;

  private LambdaRuntime(
      DeployedCode code,
      Map<String, String> environment,
      boolean snapshot,
      Path unpacked,
      Path log) {
    this.code = code;
    this.environment = Map.copyOf(environment);
    this.snapshot = snapshot;
    this.unpacked = unpacked;
    this.log = log;
    this.sandbox = fresh();
  }

  /**
   * Starts a function.
   *
   * @param snapshot whether it starts as before a snapshot: primed, then restored
   */
  static LambdaRuntime start(
      Path folder, Path zip, String handler, Map<String, String> environment, boolean snapshot) {
    DeployedCode code =
        new DeployedCode(zip, handler, "connector", "us-east-1", Duration.ofSeconds(60));
    try {
      Path unpacked = Files.createTempDirectory(folder, "function");
      unpack(zip, unpacked);
      return start(folder, code, unpacked, environment, snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a function whose zip is unpacked already: several may come of one. */
  static LambdaRuntime start(
      Path folder,
      DeployedCode code,
      Path unpacked,
      Map<String, String> environment,
      boolean snapshot) {
    try {
      Path log = Files.createTempFile(folder, code.name(), ".log");
      return new LambdaRuntime(code, environment, snapshot, unpacked, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LambdaSandbox fresh() {
    try {
      return new LambdaSandbox(code, environment, snapshot, unpacked, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Lambda does before it starts a function. */
  static void unpack(Path zip, Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
        }
      }
    }
  }

  @Override
  public Invocation invoke(String event) {
    if (!sandbox.isAlive()) {
      sandbox.close();
      sandbox = fresh();
    }
    return sandbox.invoke(event);
  }

  /** Hands the function an event and gives its answer, JSON; anything else fails the test. */
  String answer(String event) {
    return switch (invoke(event)) {
      case Invocation.Answered answered -> answered.json();
      case Invocation.Failed failed ->
          throw new AssertionError("the function gave " + failed + "; " + sandbox.lastOutput());
    };
  }

  /** SIGKILL, whatever it is doing. */
  void kill() {
    sandbox.kill();
  }

  String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
