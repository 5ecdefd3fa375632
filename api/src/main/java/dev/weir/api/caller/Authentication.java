// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.caller;

import java.util.Locale;

/** How callers show who they are. */
public enum Authentication {
  /** Not at all: whoever reaches the port is the operator. */
  NONE,
  /** By a name and a password that this Weir knows. */
  LOCAL;

  /** As JSON and flags have it: {@code local}. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
