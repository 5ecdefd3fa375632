// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

/**
 * The server can't or must not start as it is configured. The message is one line for the operator:
 * what is wrong, where, and what to do.
 */
public final class ServerConfigException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ServerConfigException(String message) {
    super(message);
  }

  public ServerConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
