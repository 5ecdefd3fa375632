// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api;

import java.util.Optional;

/**
 * Whose sites a caller sees and changes.
 *
 * @param customer the only one; empty for the operator, who has all
 */
public record CustomerScope(Optional<String> customer) {

  /** The operator's. */
  public static final CustomerScope ALL = new CustomerScope(Optional.empty());

  public static CustomerScope of(String customer) {
    return new CustomerScope(Optional.of(customer));
  }

  /** Whether that customer's sites are in it. */
  public boolean holds(String other) {
    return customer.isEmpty() || customer.get().equals(other);
  }
}
