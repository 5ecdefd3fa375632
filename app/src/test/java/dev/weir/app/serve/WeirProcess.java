// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Weir in a JVM of its own, on this test's class path. */
final class WeirProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile(".*message=\"Weir is ready\".* address=http://([^ ]+) .*");

  private final Process process;
  private final BufferedReader error;
  private final List<String> errorLines = new ArrayList<>();

  private WeirProcess(Process process) {
    this.process = process;
    this.error = process.errorReader(StandardCharsets.UTF_8);
  }

  /** Starts any verb. */
  static WeirProcess run(Path folder, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=de", // Its texts are English on every machine.
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
    return new WeirProcess(builder.start());
  }

  /** Starts {@code serve} on a free port. */
  static WeirProcess serve(Path folder, Path dataDir, String... flags) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("serve", "--data-dir=" + dataDir, "--web.listen-address=127.0.0.1:0"));
    words.addAll(Arrays.asList(flags));
    return run(folder, words.toArray(String[]::new));
  }

  /** Waits until it is ready and tells its address, {@code host:port}. */
  String awaitReady() throws IOException {
    return awaitLine(READY).group(1);
  }

  /** Waits for a line on standard error. */
  void awaitLine(String pattern) throws IOException {
    awaitLine(Pattern.compile(pattern));
  }

  private Matcher awaitLine(Pattern pattern) throws IOException {
    for (String line = error.readLine(); line != null; line = error.readLine()) {
      errorLines.add(line);
      Matcher found = pattern.matcher(line);
      if (found.matches()) {
        return found;
      }
    }
    throw new AssertionError("Weir ended before it was ready:\n" + String.join("\n", errorLines));
  }

  long pid() {
    return process.pid();
  }

  /** As SIGTERM. */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close the streams that we read.
  }

  /** As SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Waits for the end and gives the exit code. */
  int awaitExit() throws IOException, InterruptedException {
    error.lines().forEach(errorLines::add);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("Weir does not end");
    }
    return process.exitValue();
  }

  /** All of standard error so far, as it was waited for. */
  List<String> errorLines() {
    return errorLines;
  }

  /** All of standard output; blocks until the process ends. */
  String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
