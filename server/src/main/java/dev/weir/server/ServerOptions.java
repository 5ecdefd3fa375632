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
    return new ServerOptions(
        listen,
        open,
        tls,
        webConfig,
        allowedHosts,
        limits,
        telemetryPath,
        requestCredentials,
        timestreamCredentials,
        console);
  }

  public ServerOptions withTls(TlsFiles files) {
    return new ServerOptions(
        listen,
        doors,
        Optional.of(files),
        webConfig,
        allowedHosts,
        limits,
        telemetryPath,
        requestCredentials,
        timestreamCredentials,
        console);
  }

  public ServerOptions withWebConfig(Path file) {
    return new ServerOptions(
        listen,
        doors,
        tls,
        Optional.of(file),
        allowedHosts,
        limits,
        telemetryPath,
        requestCredentials,
        timestreamCredentials,
        console);
  }

  public ServerOptions withAllowedHosts(Set<String> names) {
    return new ServerOptions(
        listen,
        doors,
        tls,
        webConfig,
        names,
        limits,
        telemetryPath,
        requestCredentials,
        timestreamCredentials,
        console);
  }

  public ServerOptions withLimits(Limits other) {
    return new ServerOptions(
        listen,
        doors,
        tls,
        webConfig,
        allowedHosts,
        other,
        telemetryPath,
        requestCredentials,
        timestreamCredentials,
        console);
  }

  public ServerOptions withTelemetryPath(String path) {
    return new ServerOptions(
        listen,
        doors,
        tls,
        webConfig,
        allowedHosts,
        limits,
        path,
        requestCredentials,
        timestreamCredentials,
        console);
  }

  public ServerOptions withRequestCredentials(boolean brought) {
    return new ServerOptions(
        listen,
        doors,
        tls,
        webConfig,
        allowedHosts,
        limits,
        telemetryPath,
        brought,
        timestreamCredentials,
        console);
  }

  public ServerOptions withTimestreamCredentials(Path file) {
    return new ServerOptions(
        listen,
        doors,
        tls,
        webConfig,
        allowedHosts,
        limits,
        telemetryPath,
        requestCredentials,
        Optional.of(file),
        console);
  }

  public ServerOptions withConsole(ConsoleOptions other) {
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
        other);
  }
}
