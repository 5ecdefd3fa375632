// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Problem;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Decides who calls the API, and answers who signs in and out. Thread-safe. */
public interface ConsoleAccess {

  /** Where people sign in and out. */
  String PATH = "/api/v1/session";

  /** Judges one request. */
  Admission admit(Request request);

  /** Answers a request to {@link #PATH}. */
  Response session(Request request);

  /** Everybody is the operator: for a port that only this machine reaches. */
  static ConsoleAccess open() {
    return new ConsoleAccess() {
      @Override
      public Admission admit(Request request) {
        return new Admission.Admitted(Caller.operator(), () -> true);
      }

      @Override
      public Response session(Request request) {
        return switch (request.method()) {
          case "POST" ->
              Problem.notFound("nobody signs in here; weir serve --auth=local has people do so");
          case "DELETE" -> Response.empty(204);
          default -> Problem.wrongMethod(LocalAccess.METHODS);
        };
      }
    };
  }

  /**
   * People of a file sign in.
   *
   * @param tls whether the port speaks TLS
   * @param otherOrigins whether consoles of other origins are let in, which needs TLS
   */
  static ConsoleAccess local(
      UsersFile users, boolean tls, boolean otherOrigins, InstantSource clock) {
    return new LocalAccess(
        users,
        new Sessions(new SecureRandom()),
        SessionCookie.of(tls, otherOrigins),
        new PasswordCheck(users, clock),
        clock);
  }

  /** Who may come in, or the answer to who may not. */
  sealed interface Admission {

    /**
     * Let in.
     *
     * @param holds whether that still holds, for answers that go on for long
     */
    record Admitted(Caller caller, BooleanSupplier holds) implements Admission {}

    /** Turned away. */
    record Refused(Response answer) implements Admission {}
  }
}
