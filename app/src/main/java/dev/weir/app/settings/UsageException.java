// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

/** Weir was called or configured wrongly. The message is one line for the person who did it. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message.replaceAll("\\s*\\R\\s*", " "));
  }
}
