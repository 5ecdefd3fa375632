// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Weir in a virtual machine of its own, which can be killed and started again. */
final class WeirProcess implements Receiver {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final String MAIN = "dev.weir.app.Main";

  /** A program to run instead of the classes under test, with the same arguments. */
  private static final String LAUNCHER = "weir.e2e.launcher";

  private final Path folder;
  private final Web web;
  private final List<String> moreFlags;
  private RealProcess process;

  private WeirProcess(Path folder, int port, List<String> moreFlags) {
    this.folder = folder;
    this.web = new Web(port);
    this.moreFlags = moreFlags;
    this.process = launch();
  }

  /** Starts it on a free port with its data below the folder, and waits until it is ready. */
  static WeirProcess start(Path folder, String... moreFlags) {
    WeirProcess weir = new WeirProcess(folder, RealProcess.freePort(), List.of(moreFlags));
    weir.awaitReady();
    return weir;
  }

  /** Starts it without waiting: for starts that must fail. */
  static RealProcess startUnready(Path log, String... arguments) {
    return RealProcess.start("weir", log, command(List.of(arguments)));
  }

  private RealProcess launch() {
    List<String> arguments = new ArrayList<>();
    arguments.add("serve");
    arguments.add("--data-dir=" + dataFolder());
    arguments.add("--web.listen-address=" + web.address());
    arguments.add("--self-scrape=false");
    arguments.addAll(moreFlags);
    return RealProcess.start("weir", folder.resolve("weir.log"), command(arguments));
  }

  /** What starts a verb: the packaged program, or the classes under test. */
  static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    String launcher = System.getProperty(LAUNCHER);
    if (launcher != null) {
      command.add(launcher);
      command.addAll(arguments);
      return command;
    }
    assumeTrue(
        WeirProcess.class.getResource("/" + MAIN.replace('.', '/') + ".class") != null,
        "there is no Weir to start yet");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN);
    command.addAll(arguments);
    return command;
  }

  private void awaitReady() {
    awaitReady(process, web, moreFlags, "Weir is ready");
  }

  /**
   * Waits until a process answers, or says so in its log: over TLS only who trusts it could ask.
   */
  static void awaitReady(RealProcess process, Web web, List<String> flags, String line) {
    boolean tls = flags.stream().anyMatch(flag -> flag.startsWith("--tls-"));
    Patience.until(
        START_LIMIT,
        process::lastOutput,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it ended at start; " + process.lastOutput());
          }
          return tls ? process.output().contains(line) : web.answers("/-/ready");
        });
  }

  /** On the same folder, too. */
  @Override
  public void killAndRestart() {
    kill();
    restart();
  }

  void kill() {
    process.kill();
  }

  void restart() {
    process = launch();
    awaitReady();
  }

  Path dataFolder() {
    return folder.resolve("data");
  }

  @Override
  public Web web() {
    return web;
  }

  RealProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
