// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.signing;

import dev.weir.query.Scope;
import dev.weir.server.timestream.wire.Operation.Access;
import org.jspecify.annotations.Nullable;

/**
 * A profile of the credentials file.
 *
 * @param sessionToken that a request must bring along, or null where it must bring none
 * @param scope the databases that it may see and use
 */
record Profile(
    String accessKey, String secret, @Nullable String sessionToken, Scope scope, Access access) {

  /** Without what is secret. */
  @Override
  public String toString() {
    return "Profile[" + accessKey + ", " + scope + ", " + access + "]";
  }
}
