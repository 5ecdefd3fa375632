// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.console;

import dev.weir.api.call.Caller;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;

/** Decides who calls the API. Thread-safe. */
@FunctionalInterface
public interface ConsoleAccess {

  /** Judges one request. */
  Admission admit(Request request);

  /** Everybody is the operator: for a port that only this machine reaches. */
  static ConsoleAccess open() {
    return _ -> new Admission.Admitted(Caller.operator());
  }

  /** Who may come in, or the answer to who may not. */
  sealed interface Admission {

    /** Let in. */
    record Admitted(Caller caller) implements Admission {}

    /** Turned away. */
    record Refused(Response answer) implements Admission {}
  }
}
