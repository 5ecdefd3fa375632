// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A child process with its output in a file. It never outlives this virtual machine. */
final class RealProcess implements AutoCloseable {
  private static final long STOP_LIMIT_SECONDS = 30;

  /** Linux gives ports from 32,768 on to connections (ip_local_port_range). */
  private static final int PORT_MIN = 20_000;

  private static final int PORTS = 12_000;

  /** Test runs beside this one begin elsewhere. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % PORTS));

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread reaper;

  private RealProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.reaper = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /** Output is appended, so that a restarted process keeps its history. */
  static RealProcess start(String name, Path log, List<String> command) {
    return start(name, log, command, Map.of());
  }

  /** As above, with more variables in its environment. */
  static RealProcess start(
      String name, Path log, List<String> command, Map<String, String> environment) {
    try {
      ProcessBuilder process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      process.environment().putAll(environment);
      return new RealProcess(name, process.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that nobody has, for a process that is told which. It is none of those that the system
   * gives to whoever asks for any, so that no connection has it by the time the process comes up,
   * and each is given once.
   */
  static int freePort() {
    for (int attempt = 0; attempt < PORTS; attempt++) {
      int port = PORT_MIN + NEXT_PORT.getAndIncrement() % PORTS;
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // The next one.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("no port is free from %d on".formatted(PORT_MIN));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Resident memory now, in bytes. */
  long residentBytes() {
    return statusBytes("VmRSS:");
  }

  /** The largest resident memory so far, in bytes. */
  long peakResidentBytes() {
    return statusBytes("VmHWM:");
  }

  private long statusBytes(String key) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL, and waits until the process is gone. */
  void kill() {
    process.destroyForcibly();
    waitForExit();
  }

  /** SIGTERM; gives the exit status. */
  int terminate() {
    process.destroy();
    return waitForExit();
  }

  int waitForExit() {
    try {
      if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        fail(name + " did not end within " + STOP_LIMIT_SECONDS + " s; its output:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the output, for a message. */
  String lastOutput() {
    String all = output();
    return name + " wrote:\n" + all.substring(Math.max(0, all.length() - 3_000));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().removeShutdownHook(reaper);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The virtual machine is going down: the hook runs anyway.
    }
  }
}
