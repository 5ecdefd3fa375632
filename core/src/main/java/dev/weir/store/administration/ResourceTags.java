// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.administration;

import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import java.util.Map;
import java.util.Set;

/**
 * Tags of databases and tables: key to value, at most 50 each. Thread-safe, durable on return.
 *
 * <p>All throw {@link StoreException} {@code NOT_FOUND} where the thing is not there.
 */
public interface ResourceTags {

  int TAGS_MAX = 50;

  /** The tags, sorted by key. */
  Map<String, String> tags(Resource resource);

  /** Adds tags; one that is there gets the new value. {@code QUOTA} over {@link #TAGS_MAX}. */
  void tag(Resource resource, Map<String, String> added);

  /** Takes tags away; a key that is not there is passed over. */
  void untag(Resource resource, Set<String> keys);

  /** What carries tags. */
  sealed interface Resource {

    /** The database that it is or lies in. */
    String databaseName();

    /** A database. */
    record OfDatabase(String databaseName) implements Resource {}

    /** A table. */
    record OfTable(TableName name) implements Resource {
      @Override
      public String databaseName() {
        return name.database();
      }
    }
  }
}
