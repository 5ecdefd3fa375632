// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.administration;

/**
 * The settings of an account; kept and returned, they change nothing on one machine.
 *
 * @param maxQueryTcu query compute units at most: a multiple of 4 from 4 to 1,000
 * @param pricingModel how queries are paid for
 */
public record AccountSettings(int maxQueryTcu, PricingModel pricingModel) {

  public static final AccountSettings DEFAULT =
      new AccountSettings(200, PricingModel.COMPUTE_UNITS);

  private static final int TCU_STEP = 4;
  private static final int TCU_MAX = 1_000;

  public AccountSettings {
    if (maxQueryTcu < TCU_STEP || maxQueryTcu > TCU_MAX || maxQueryTcu % TCU_STEP != 0) {
      throw new IllegalArgumentException(
          "MaxQueryTCU is %d; it must be a multiple of %d from %d to %d"
              .formatted(maxQueryTcu, TCU_STEP, TCU_STEP, TCU_MAX));
    }
  }

  /** Ways to pay for queries. */
  public enum PricingModel {
    BYTES_SCANNED,
    COMPUTE_UNITS
  }

  /** Keeps the settings of the account. Thread-safe. */
  public interface Keeper {

    /** The settings now; {@link #DEFAULT} before anyone changed them. */
    AccountSettings accountSettings();

    /** Replaces them; durable on return. */
    void accountSettings(AccountSettings changed);
  }
}
