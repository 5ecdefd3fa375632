// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.TableRules.AccountRules;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table, its names and series aside. Times are whole milliseconds.
 *
 * @param id never used twice, not even after the table is deleted
 * @param rules what it takes; those of a table of an account follow from its properties
 * @param properties as its owner set them; of Weir's own tables what comes closest to the rules
 */
public record TableState(
    int id,
    TableName name,
    TableRules rules,
    TableProperties properties,
    Map<String, String> tags,
    Instant created,
    Instant updated) {

  public TableState {
    tags = Map.copyOf(tags);
    created = Instant.ofEpochMilli(created.toEpochMilli());
    updated = Instant.ofEpochMilli(updated.toEpochMilli());
  }

  /** A table that Weir keeps for itself. */
  public static TableState own(
      int id, TableName name, TableRules rules, Instant created, Instant updated) {
    return new TableState(id, name, rules, shown(rules), Map.of(), created, updated);
  }

  /**
   * A table of an account.
   *
   * @param memoryFrom see {@link AccountRules#memoryFrom}
   */
  public static TableState account(
      int id,
      TableName name,
      TableProperties properties,
      Instant memoryFrom,
      Map<String, String> tags,
      Instant created,
      Instant updated) {
    return new TableState(
        id, name, rules(properties, memoryFrom), properties, tags, created, updated);
  }

  /** Whether Weir keeps the table for itself. */
  public boolean own() {
    return rules.account() == null;
  }

  public TableState withRules(TableRules changed, Instant now) {
    return new TableState(id, name, changed, shown(changed), tags, created, now);
  }

  /** With other properties; a longer memory retention does not reach back. */
  public TableState withProperties(TableProperties changed, Instant now) {
    return account(id, name, changed, memoryFrom(changed, now), tags, created, now);
  }

  public TableState withTags(Map<String, String> changed) {
    return new TableState(id, name, rules, properties, changed, created, updated);
  }

  public Map<String, String> sortedTags() {
    return new TreeMap<>(tags);
  }

  public TableDetails details() {
    return new TableDetails(name, properties, own(), created, updated);
  }

  private Instant memoryFrom(TableProperties changed, Instant now) {
    AccountRules before = rules.account();
    if (before == null || changed.memoryRetention().compareTo(before.memoryRetention()) <= 0) {
      return before == null ? Instant.EPOCH : before.memoryFrom();
    }
    Instant window = Instant.ofEpochMilli(now.toEpochMilli()).minus(before.memoryRetention());
    return window.isAfter(before.memoryFrom()) ? window : before.memoryFrom();
  }

  private static TableRules rules(TableProperties properties, Instant memoryFrom) {
    return TableRules.account(
        retention(properties),
        new AccountRules(
            properties.memoryRetention(),
            memoryFrom,
            properties.magneticWrites().enabled(),
            required(properties.partitionKey())));
  }

  /** How long a table with such properties shows its points. */
  public static Duration retention(TableProperties properties) {
    Duration memory = properties.memoryRetention();
    Duration magnetic = properties.magneticRetention();
    return memory.compareTo(magnetic) > 0 ? memory : magnetic;
  }

  private static @Nullable String required(PartitionKey key) {
    return key instanceof PartitionKey.OfDimension of && of.required() ? of.name() : null;
  }

  /** The rules of an own table in the words of properties, which are coarser. */
  private static TableProperties shown(TableRules rules) {
    long hours = rules.retention().toHours();
    long days = rules.retention().toDays();
    return new TableProperties(
        Duration.ofHours(Math.clamp(hours, 1, TableProperties.MEMORY_HOURS_MAX)),
        Duration.ofDays(Math.clamp(days, 1, TableProperties.MAGNETIC_DAYS_MAX)),
        new MagneticWrites(hours > TableProperties.MEMORY_HOURS_MAX, null),
        new PartitionKey.OfMeasureName());
  }
}
