// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.administration;

import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes, describes, changes and deletes databases and tables. Thread-safe. What a call did is
 * durable when it returns.
 *
 * <p>All throw {@link StoreException}: {@code BAD_REQUEST} for a name or value that is not allowed,
 * {@code CONFLICT} where the thing is there already, {@code NOT_FOUND} where it is not, {@code
 * QUOTA} over a limit of the account.
 */
public interface CatalogWriter {

  /** Makes an empty database. */
  DatabaseDetails createDatabase(String name, @Nullable String kmsKeyId, Map<String, String> tags);

  /** A database, or empty where there is none. */
  Optional<DatabaseDetails> database(String name);

  /** Changes the key of a database. */
  DatabaseDetails updateDatabase(String name, String kmsKeyId);

  /** Deletes a database and its tags; {@code BAD_REQUEST} while it has tables. */
  void deleteDatabase(String name);

  /** Makes a table in a database that is there. */
  TableDetails createTable(TableName name, TableProperties properties, Map<String, String> tags);

  /** A table, or empty where there is none. */
  Optional<TableDetails> table(TableName name);

  /**
   * Gives a table other properties; {@code BAD_REQUEST} when the name or kind of the partition key
   * differs (only its enforcement can change), or when Weir keeps the table for itself.
   */
  TableDetails updateTable(TableName name, TableProperties properties);

  /**
   * Deletes a table with its points and tags; {@code BAD_REQUEST} when Weir keeps it for itself. A
   * table that is made later under the same name begins empty.
   */
  void deleteTable(TableName name);
}
