// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.util.regex.Pattern;

/**
 * Names one site of one customer. Both parts are 1 to {@value #LENGTH_MAX} of letters, digits,
 * {@code . _ -} and begin with a letter or digit: they become names of rules, schedules and files.
 */
public record SiteKey(String customer, String id) {

  public static final int LENGTH_MAX = 63;

  /** Whose sites are that name no customer. */
  public static final String DEFAULT_CUSTOMER = "default";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,%d}".formatted(LENGTH_MAX - 1));

  public SiteKey {
    check("customer", customer);
    check("site id", id);
  }

  /**
   * @throws IllegalArgumentException where this can't be a customer's name
   */
  public static void checkCustomer(String customer) {
    check("customer", customer);
  }

  /** {@code customer/id}. */
  @Override
  public String toString() {
    return customer + "/" + id;
  }

  private static void check(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a %s is 1 to %d of letters, digits, '.', '_', '-', beginning with a letter or digit, not '%s'"
              .formatted(
                  what, LENGTH_MAX, name.length() > 80 ? name.substring(0, 80) + "…" : name));
    }
  }
}
