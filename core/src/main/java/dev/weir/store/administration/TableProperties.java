// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.administration;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a table sets on it (AWS API reference, CreateTable). Times within the memory
 * retention are taken always, older ones up to the magnetic retention only with magnetic writes;
 * what is older than both is dropped.
 *
 * @param memoryRetention whole hours, 1 to 8,766
 * @param magneticRetention whole days, 1 to 73,000
 * @param magneticWrites whether points older than the memory retention are taken
 */
public record TableProperties(
    Duration memoryRetention,
    Duration magneticRetention,
    MagneticWrites magneticWrites,
    PartitionKey partitionKey) {

  /** What CreateTable takes where nothing is said. */
  public static final TableProperties DEFAULT =
      new TableProperties(
          Duration.ofHours(6),
          Duration.ofDays(73_000),
          MagneticWrites.DISABLED,
          new PartitionKey.OfMeasureName());

  public static final int MEMORY_HOURS_MAX = 8_766;
  public static final int MAGNETIC_DAYS_MAX = 73_000;

  public TableProperties {
    requireNonNull(magneticWrites, "magneticWrites");
    requireNonNull(partitionKey, "partitionKey");
    within("MemoryStoreRetentionPeriodInHours", memoryRetention.toHours(), MEMORY_HOURS_MAX);
    within("MagneticStoreRetentionPeriodInDays", magneticRetention.toDays(), MAGNETIC_DAYS_MAX);
  }

  private static void within(String what, long value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "%s is %d; it must be 1 to %d".formatted(what, value, max));
    }
  }

  /**
   * Magnetic store writes. Where rejected points are reported is kept and returned; Weir reports
   * them to the caller at once.
   */
  public record MagneticWrites(boolean enabled, @Nullable RejectedDataLocation rejectedData) {
    public static final MagneticWrites DISABLED = new MagneticWrites(false, null);
  }

  /** An S3 location; every part may be missing. */
  public record RejectedDataLocation(
      @Nullable String bucketName,
      @Nullable String objectKeyPrefix,
      @Nullable String encryptionOption,
      @Nullable String kmsKeyId) {}

  /** The customer-defined partition key; it has one part. */
  public sealed interface PartitionKey {

    /** The default. */
    record OfMeasureName() implements PartitionKey {}

    /**
     * By the value of a dimension.
     *
     * @param required whether a point without that dimension is refused
     */
    record OfDimension(String name, boolean required) implements PartitionKey {
      public OfDimension {
        if (name.isEmpty()) {
          throw new IllegalArgumentException("the partition key's dimension has no name");
        }
      }
    }
  }
}
