// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code weir connector} in a virtual machine of its own, which can be killed and started again.
 */
final class ConnectorProcess implements Receiver {
  private final Path log;
  private final Web web;
  private final List<String> flags;
  private final Map<String, String> environment;
  private RealProcess process;

  private ConnectorProcess(
      Path log, int port, List<String> flags, Map<String, String> environment) {
    this.log = log;
    this.web = new Web(port);
    this.flags = flags;
    this.environment = environment;
    this.process = launch();
  }

  /**
   * Starts it on a free port, to write to one table, and waits until it is ready.
   *
   * @param endpoint where both APIs of Timestream are
   */
  static ConnectorProcess start(
      Path folder, String endpoint, String database, String table, String... moreFlags) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--default-database=" + database,
                "--default-table=" + table,
                "--write-base-endpoint=" + endpoint,
                "--query-base-endpoint=" + endpoint));
    flags.addAll(List.of(moreFlags));
    return start(folder, Map.of(), flags);
  }

  /** Starts it on a free port with these flags alone, and waits until it is ready. */
  static ConnectorProcess start(Path folder, Map<String, String> environment, List<String> flags) {
    int port = RealProcess.freePort();
    ConnectorProcess connector =
        new ConnectorProcess(
            folder.resolve("connector-" + port + ".log"), port, flags, environment);
    connector.awaitReady();
    return connector;
  }

  /** Starts it without waiting: for starts that must fail. */
  static RealProcess startUnready(Path log, Map<String, String> environment, List<String> flags) {
    List<String> arguments = new ArrayList<>(List.of("connector"));
    arguments.addAll(flags);
    return RealProcess.start("weir connector", log, WeirProcess.command(arguments), environment);
  }

  private RealProcess launch() {
    List<String> arguments = new ArrayList<>(List.of("connector"));
    arguments.add("--web.listen-address=" + web.address());
    arguments.addAll(flags);
    return RealProcess.start("weir connector", log, WeirProcess.command(arguments), environment);
  }

  private void awaitReady() {
    WeirProcess.awaitReady(process, web, flags, "ready to begin serving");
  }

  @Override
  public void killAndRestart() {
    process.kill();
    process = launch();
    awaitReady();
  }

  @Override
  public Web web() {
    return web;
  }

  @Override
  public String credentialsYaml() {
    return "basic_auth: {username: '%s', password: '%s'}"
        .formatted(LocalTimestream.OWNER.key(), LocalTimestream.OWNER.secret());
  }

  RealProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
