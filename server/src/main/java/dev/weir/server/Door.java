// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.util.Locale;

/** A group of paths that share one kind of credentials. */
public enum Door {
  /** Remote write and read, and metrics: Basic or a client certificate. */
  PROMETHEUS,
  /** The Timestream wire API: SigV4. */
  TIMESTREAM,
  /** Pages and their API, for people. */
  CONSOLE;

  /** As it is written on the command line. */
  public String flagName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
