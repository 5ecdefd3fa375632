// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody of the users file.
 *
 * @param hash of the password, as bcrypt makes it
 * @param roles by customer; {@code *} holds for all
 */
record User(String name, String hash, Map<String, Role> roles) {

  User {
    roles = Map.copyOf(roles);
  }

  /** As the API sees them. */
  Caller caller(Optional<String> token) {
    return new Caller(name, roles, token);
  }

  /** Never the hash. */
  @Override
  public String toString() {
    return "User[name=" + name + ", roles=" + roles + "]";
  }
}
