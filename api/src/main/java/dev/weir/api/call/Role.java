// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import java.util.Locale;

/** What somebody may do for a customer; each role has what the ones before it have. */
public enum Role {
  /** Sees sites, results and incidents, and asks SQL. */
  VIEWER,
  /** Changes sites, and runs checks. */
  EDITOR,
  /** All there is. */
  ADMIN;

  /** As JSON and files have it: {@code viewer}. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it has what another has. */
  public boolean has(Role needed) {
    return compareTo(needed) >= 0;
  }
}
