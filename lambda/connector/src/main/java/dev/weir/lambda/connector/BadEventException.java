// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

/** An event that is no request, with the answer's status and a line for whoever reads it. */
final class BadEventException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  BadEventException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
