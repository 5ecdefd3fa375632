// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.script;

/** A script that can't be read; the message begins with file and line. */
public final class ScriptException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScriptException(String file, int line, String message) {
    super("%s:%d: %s".formatted(file, line, message));
  }
}
