// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

/**
 * The command can't be carried out: called or configured wrongly, or its surroundings don't allow
 * it. The message is one line for the person who gave the command.
 */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message.replaceAll("\\s*\\R\\s*", " "));
  }
}
