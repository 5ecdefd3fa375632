// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.api.call.Problem;
import dev.weir.exchange.Response;
import dev.weir.server.timestream.wire.Faults;

/** How a door says what the server itself refuses, so that its clients can read it. */
enum AnswerForm {
  /** One line of text. */
  PLAIN("X-Request-Id") {
    @Override
    Response refusal(int status, String message) {
      return Response.text(status, message);
    }
  },
  /** An error of AWS JSON. */
  AWS_JSON("x-amzn-RequestId") {
    @Override
    Response refusal(int status, String message) {
      return Faults.refusal(status, message);
    }
  },
  /** A problem (RFC 9457). */
  PROBLEM("X-Request-Id") {
    @Override
    Response refusal(int status, String message) {
      return Problem.ofStatus(status, message);
    }
  };

  private final String requestIdHeader;

  AnswerForm(String requestIdHeader) {
    this.requestIdHeader = requestIdHeader;
  }

  /** The header in which clients look for the name of the request. */
  String requestIdHeader() {
    return requestIdHeader;
  }

  abstract Response refusal(int status, String message);

  static AnswerForm of(Door door) {
    return switch (door) {
      case PROMETHEUS -> PLAIN;
      case TIMESTREAM -> AWS_JSON;
      case CONSOLE -> PROBLEM;
    };
  }
}
