// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import dev.weir.server.web.WebAccess;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Holds each door to its own credentials, and doors without any to local callers. */
final class DoorGuard implements Guard {

  private final ServerOptions options;
  private final WebAccess access;
  private final HostPolicy hosts;
  private final HostPolicy consoleHosts;

  DoorGuard(ServerOptions options, WebAccess access) {
    this.options = options;
    this.access = access;
    this.hosts = new HostPolicy(options.allowedHosts(), Set.of());
    this.consoleHosts = new HostPolicy(options.allowedHosts(), options.console().origins());
  }

  @Override
  public Optional<Response> refusal(
      @Nullable Route route, Headers headers, String authority, @Nullable SSLSession tls) {
    Optional<String> foreign = foreign(route, headers, authority);
    if (foreign.isPresent()) {
      AnswerForm form = route == null ? AnswerForm.PLAIN : AnswerForm.of(route.door());
      return foreign.map(why -> form.refusal(403, why));
    }
    if (route == null || route.door() != Door.PROMETHEUS) {
      return Optional.empty();
    }
    Optional<String> certificate = access.clientRefusal(tls);
    if (certificate.isPresent()) {
      return certificate.map(
          why -> Response.text(401, why).with("WWW-Authenticate", "Certificate"));
    }
    if (!asksForUser(route)) {
      return Optional.empty();
    }
    return switch (access.judgeUser(headers)) {
      case RIGHT -> Optional.empty();
      case WRONG ->
          Optional.of(
              Response.text(401, "a user and a password are needed")
                  .with("WWW-Authenticate", "Basic realm=\"weir\", charset=\"UTF-8\""));
      case BUSY ->
          Optional.of(
              Response.text(503, "too many passwords are being checked; try again")
                  .with("Retry-After", "1"));
    };
  }

  /** Why a request is foreign; a browser brings its session wherever a page sends it. */
  private Optional<String> foreign(@Nullable Route route, Headers headers, String authority) {
    boolean console = route != null && route.door() == Door.CONSOLE;
    if (!guarded(route)) {
      return (console ? consoleHosts : hosts).refusal(headers, authority);
    }
    return console ? consoleHosts.originRefusal(headers, authority) : Optional.empty();
  }

  /** Whether credentials stand before a route; where nothing answers, whether before all doors. */
  private boolean guarded(@Nullable Route route) {
    return route == null ? options.doors().stream().allMatch(this::guarded) : guarded(route.door());
  }

  private boolean guarded(Door door) {
    return DoorPolicy.hasCredentials(door, options, access);
  }

  /** Where requests bring credentials of the store behind, users guard the metrics only. */
  private boolean asksForUser(Route route) {
    return !options.requestCredentials() || route.path().equals(options.telemetryPath());
  }
}
