// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

/** Writes the fields of one event as one line. */
interface LogLine {

  /** Begins a line. */
  void begin(StringBuilder line);

  /** Adds a field; keys come from our own code, values from anywhere. */
  void field(StringBuilder line, String key, Object value);

  /** Ends a line, with its line feed. */
  void end(StringBuilder line);
}
