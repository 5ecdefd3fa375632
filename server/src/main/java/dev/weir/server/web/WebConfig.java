// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.util.Map;
import java.util.Optional;

/**
 * A web config file, read and judged.
 *
 * @param users bcrypt hashes by user name
 * @param tls where it configures TLS
 * @param http2 whether HTTP/2 is offered over TLS
 * @param headers added to each answer
 */
record WebConfig(
    Map<String, String> users,
    Optional<TlsSettings> tls,
    boolean http2,
    Map<String, String> headers) {

  static final WebConfig NONE = new WebConfig(Map.of(), Optional.empty(), true, Map.of());

  WebConfig {
    users = Map.copyOf(users);
    headers = Map.copyOf(headers);
  }

  WebConfig withTls(TlsSettings settings) {
    return new WebConfig(users, Optional.of(settings), http2, headers);
  }

  /** Never the hashes. */
  @Override
  public String toString() {
    return "WebConfig[users=" + users.keySet() + ", tls=" + tls.isPresent() + "]";
  }
}
