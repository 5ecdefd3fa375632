// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.store.administration.DatabaseDetails;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a database, its tables aside. Times are whole milliseconds.
 *
 * @param kmsKeyId kept and returned
 */
public record DatabaseState(
    String name,
    @Nullable String kmsKeyId,
    Map<String, String> tags,
    Instant created,
    Instant updated) {

  public DatabaseState {
    tags = Map.copyOf(tags);
    created = Instant.ofEpochMilli(created.toEpochMilli());
    updated = Instant.ofEpochMilli(updated.toEpochMilli());
  }

  /** A database that nobody made: it came with a table that Weir keeps for itself. */
  public static DatabaseState plain(String name, Instant created) {
    return new DatabaseState(name, null, Map.of(), created, created);
  }

  public DatabaseState withKmsKeyId(String key, Instant now) {
    return new DatabaseState(name, key, tags, created, now);
  }

  public DatabaseState withTags(Map<String, String> changed) {
    return new DatabaseState(name, kmsKeyId, changed, created, updated);
  }

  public Map<String, String> sortedTags() {
    return new TreeMap<>(tags);
  }

  public DatabaseDetails details(int tableCount) {
    return new DatabaseDetails(name, tableCount, kmsKeyId, created, updated);
  }
}
