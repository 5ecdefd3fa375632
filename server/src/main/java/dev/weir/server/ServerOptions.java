// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.util.Objects.requireNonNull;

import dev.weir.server.session.UsersFile;
import dev.weir.server.web.ServerConfigException;
import dev.weir.server.web.TlsFiles;
import dev.weir.server.web.WebAccess;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How the server is set up.
 *
 * @param listen where it listens
 * @param doors what is open
 * @param tls certificate and key from flags, where given
 * @param webConfig a file in exporter-toolkit form, where given
 * @param allowedHosts names beside localhost, 127.0.0.1 and [::1] by which a door without
 *     credentials may be called
 * @param limits what is taken from outside
 * @param telemetryPath where metrics are
 * @param requestCredentials whether each request to the prometheus door brings credentials for the
 *     store behind it; then users of the web config guard the metrics only
 * @param timestreamCredentials the file with the callers of the timestream door, where given
 * @param console who comes in at the console door
 */
public record ServerOptions(
    ListenAddress listen,
    Set<Door> doors,
    Optional<TlsFiles> tls,
    Optional<Path> webConfig,
    Set<String> allowedHosts,
    Limits limits,
    String telemetryPath,
    boolean requestCredentials,
    Optional<Path> timestreamCredentials,
    ConsoleOptions console) {

  public ServerOptions {
    requireNonNull(listen, "listen");
    requireNonNull(limits, "limits");
    requireNonNull(console, "console");
    doors = Set.copyOf(doors);
    allowedHosts = Set.copyOf(allowedHosts);
    if (!telemetryPath.startsWith("/")) {
      throw new ServerConfigException(
          "--web.telemetry-path " + telemetryPath + " must begin with a slash");
    }
  }

  /**
   * Reads the files that these options name and judges whether the doors may be open.
   *
   * @throws ServerConfigException with one line for the operator, where the server must not start
   */
  public void check() {
    DoorPolicy.check(this, access(InstantSource.system()));
    if (doors.contains(Door.CONSOLE)) {
      console.users().ifPresent(file -> UsersFile.open(file, InstantSource.system()));
    }
  }

  /**
   * Whether the port speaks TLS.
   *
   * @throws ServerConfigException as {@link #check}
   */
  public boolean speaksTls() {
    return access(InstantSource.system()).hasTls();
  }

  /**
   * What the files say of TLS and callers; it looks at them again as the clock goes on.
   *
   * @throws ServerConfigException as {@link #check}
   */
  public WebAccess access(InstantSource clock) {
    return WebAccess.load(webConfig, tls, clock);
  }

  /** Both doors open, nothing else set. */
  public static ServerOptions on(String listen) {
    return new ServerOptions(
        ListenAddress.parse(listen),
        EnumSet.of(Door.PROMETHEUS, Door.CONSOLE),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Limits.standard(),
        "/metrics",
        false,
        Optional.empty(),
        ConsoleOptions.OPEN);
  }

  public ServerOptions withDoors(Set<Door> open) {
    return changed(draft -> draft.doors = open);
  }

  public ServerOptions withTls(TlsFiles files) {
    return changed(draft -> draft.tls = Optional.of(files));
  }

  public ServerOptions withWebConfig(Path file) {
    return changed(draft -> draft.webConfig = Optional.of(file));
  }

  public ServerOptions withAllowedHosts(Set<String> names) {
    return changed(draft -> draft.allowedHosts = names);
  }

  public ServerOptions withLimits(Limits other) {
    return changed(draft -> draft.limits = other);
  }

  public ServerOptions withTelemetryPath(String path) {
    return changed(draft -> draft.telemetryPath = path);
  }

  public ServerOptions withRequestCredentials(boolean brought) {
    return changed(draft -> draft.requestCredentials = brought);
  }

  public ServerOptions withTimestreamCredentials(Path file) {
    return changed(draft -> draft.timestreamCredentials = Optional.of(file));
  }

  public ServerOptions withConsole(ConsoleOptions other) {
    return changed(draft -> draft.console = other);
  }

  private ServerOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** All of them, to be changed one by one. */
  private static final class Draft {

    private final ListenAddress listen;
    private Set<Door> doors;
    private Optional<TlsFiles> tls;
    private Optional<Path> webConfig;
    private Set<String> allowedHosts;
    private Limits limits;
    private String telemetryPath;
    private boolean requestCredentials;
    private Optional<Path> timestreamCredentials;
    private ConsoleOptions console;

    Draft(ServerOptions options) {
      listen = options.listen;
      doors = options.doors;
      tls = options.tls;
      webConfig = options.webConfig;
      allowedHosts = options.allowedHosts;
      limits = options.limits;
      telemetryPath = options.telemetryPath;
      requestCredentials = options.requestCredentials;
      timestreamCredentials = options.timestreamCredentials;
      console = options.console;
    }

    ServerOptions options() {
      return new ServerOptions(
          listen,
          doors,
          tls,
          webConfig,
          allowedHosts,
          limits,
          telemetryPath,
          requestCredentials,
          timestreamCredentials,
          console);
    }
  }
}
