// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Holds each door to its own credentials, and doors without any to local callers. */
final class DoorGuard implements Guard {

  private final HostPolicy hosts;

  DoorGuard(ServerOptions options) {
    hosts = new HostPolicy(options.allowedHosts());
  }

  @Override
  public Optional<Response> refusal(
      @Nullable Route route, Headers headers, String authority, @Nullable SSLSession tls) {
    return hosts.refusal(headers, authority).map(why -> Response.text(403, why));
  }
}
