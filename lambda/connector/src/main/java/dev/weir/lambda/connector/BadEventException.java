// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

/**
 * An event that is no request of an API Gateway, with a line for whoever reads the log. What is
 * wrong is how the function is invoked, which an operator can mend; no sender is to blame for it.
 */
final class BadEventException extends Exception {

  private static final long serialVersionUID = 1L;

  BadEventException(String message) {
    super(message);
  }
}
