// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.server.web.ServerConfigException;
import dev.weir.server.web.WebAccess;
import java.util.Optional;

/** Which doors may be open where. Off loopback none is open without credentials of its own. */
final class DoorPolicy {

  private DoorPolicy() {}

  static boolean hasCredentials(Door door, ServerOptions options, WebAccess access) {
    return switch (door) {
      case PROMETHEUS -> options.requestCredentials() || access.hasCredentials();
      case TIMESTREAM -> options.timestreamCredentials().isPresent();
      case CONSOLE -> options.console().users().isPresent();
    };
  }

  /** Refuses to start in one line; TLS is no substitute for credentials. */
  static void check(ServerOptions options, WebAccess access) {
    checkOrigins(options, access);
    if (options.listen().isLoopback()) {
      return;
    }
    Optional<Door> open =
        options.doors().stream()
            .sorted()
            .filter(door -> !hasCredentials(door, options, access))
            .findFirst();
    if (open.isPresent()) {
      throw new ServerConfigException(
          "door "
              + open.get().flagName()
              + " on "
              + options.listen()
              + " would be open to the network without credentials: "
              + remedy(open.get())
              + ", or listen on 127.0.0.1:"
              + options.listen().port());
    }
  }

  /** Browsers send a session's cookie from another origin only where it is sent over TLS alone. */
  private static void checkOrigins(ServerOptions options, WebAccess access) {
    ConsoleOptions console = options.console();
    if (options.doors().contains(Door.CONSOLE)
        && console.users().isPresent()
        && !console.origins().isEmpty()
        && !access.hasTls()) {
      throw new ServerConfigException(
          "--console.origin with --auth=local needs TLS, since browsers keep no session of another"
              + " origin without it: give --tls-certificate and --tls-key, or leave"
              + " --console.origin out");
    }
  }

  private static String remedy(Door door) {
    return switch (door) {
      case PROMETHEUS ->
          "give it --web.config.file with basic_auth_users or RequireAndVerifyClientCert"
              + " (TLS alone does not say who comes)";
      case TIMESTREAM ->
          "give it --timestream.credentials-file, or close it with --doors, for instance"
              + " --doors=prometheus";
      case CONSOLE ->
          "give it --auth=local with --auth.users-file, or close it with --doors, for instance"
              + " --doors=prometheus";
    };
  }
}
