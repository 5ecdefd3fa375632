// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.signing;

import dev.weir.exchange.Request;
import dev.weir.query.Scope;
import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Operation.Access;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Tells who sent a request. Thread-safe. */
@FunctionalInterface
public interface Callers {

  /**
   * The caller of a request.
   *
   * @param body all of it, since a signature covers it
   * @throws dev.weir.server.timestream.wire.WireException where the credentials are not taken
   */
  Caller of(Request request, byte[] body);

  /**
   * Callers of a credentials file, or without one whoever comes.
   *
   * @throws dev.weir.server.web.ServerConfigException when the file can't be used
   */
  static Callers of(Optional<Path> credentialsFile, InstantSource clock) {
    return credentialsFile.isPresent() ? new SignedCallers(credentialsFile.get(), clock) : anyone();
  }

  /**
   * Takes whoever comes, for a door that only this machine reaches. Credentials may be absent;
   * where there are some they must be well-formed, and they name the caller and the region.
   */
  static Callers anyone() {
    return (request, _) -> {
      Optional<Signature> signature = Signature.of(request);
      return new Caller(
          signature.map(given -> given.scope().accessKey()).orElse("anonymous"),
          signature.map(given -> given.scope().region()).orElse(Caller.DEFAULT_REGION),
          Scope.all(),
          Access.WRITE);
    };
  }
}
