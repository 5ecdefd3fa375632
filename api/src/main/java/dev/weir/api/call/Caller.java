// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who calls, and what for. What belongs to a customer in which the caller has no role is not there
 * for the caller.
 *
 * @param name as people know it
 * @param roles by customer; that of {@link #EVERY_CUSTOMER} holds for all
 * @param token which calls of the caller's session bring when they change something; empty where
 *     there is no session. Never logged
 */
public record Caller(String name, Map<String, Role> roles, Optional<String> token) {

  /** In place of a customer: all of them, and what belongs to none. */
  public static final String EVERY_CUSTOMER = "*";

  public Caller {
    roles = Map.copyOf(roles);
  }

  /** Somebody without a session. */
  public Caller(String name, Map<String, Role> roles) {
    this(name, roles, Optional.empty());
  }

  /** Who runs this Weir. */
  public static Caller operator() {
    return new Caller("operator", Map.of(EVERY_CUSTOMER, Role.ADMIN));
  }

  /** Whether the caller has the role for a customer. */
  public boolean may(Role needed, String customer) {
    Role own = roles.get(customer);
    return hasEverywhere(needed) || (own != null && own.has(needed));
  }

  /** Whether the caller has the role for some customer. */
  public boolean may(Role needed) {
    return roles.values().stream().anyMatch(role -> role.has(needed));
  }

  /** Whether what belongs to a customer is there for the caller. */
  public boolean sees(String customer) {
    return may(Role.VIEWER, customer);
  }

  /** Whether the caller has the role for all customers, those included that come later. */
  public boolean hasEverywhere(Role needed) {
    Role everywhere = roles.get(EVERY_CUSTOMER);
    return everywhere != null && everywhere.has(needed);
  }

  /** The customers for which the caller has the role; empty for all of them. */
  public Optional<Set<String>> customers(Role needed) {
    if (hasEverywhere(needed)) {
      return Optional.empty();
    }
    return Optional.of(
        roles.keySet().stream()
            .filter(customer -> !customer.equals(EVERY_CUSTOMER) && may(needed, customer))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "Caller[name=" + name + ", roles=" + roles + "]";
  }
}
