// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.DatabaseDetails;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.administration.ResourceTags.Resource;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.PartitionKey;
import dev.weir.store.embedded.WriteCommand.Administer;
import dev.weir.store.embedded.WriteCommand.Decided;
import dev.weir.store.embedded.WriteCommand.Decision;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteTable;
import dev.weir.store.embedded.catalog.CatalogChange.PutAccount;
import dev.weir.store.embedded.catalog.CatalogChange.PutDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import dev.weir.store.embedded.catalog.DatabaseState;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredDatabase;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.catalog.TableState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an owner does to the catalog. Each deed is decided and made in the committer, so that two of
 * them never meet and none falls into the middle of a write. Thread-safe.
 */
final class Administration {

  /** AWS developer guide, "Quotas": databases of an account. */
  static final int DATABASES_MAX = 500;

  /** AWS developer guide, "Quotas": tables of an account. */
  static final int TABLES_MAX = 50_000;

  private static final int TAG_KEY_LENGTH_MAX = 128;
  private static final int TAG_VALUE_LENGTH_MAX = 256;

  private final StoreCatalog catalog;
  private final Submission submission;
  private final Sealer sealer;
  private final InstantSource clock;
  private final ReentrantLock retentions = new ReentrantLock();

  Administration(StoreCatalog catalog, Submission submission, Sealer sealer, InstantSource clock) {
    this.catalog = catalog;
    this.submission = submission;
    this.sealer = sealer;
    this.clock = clock;
  }

  DatabaseDetails createDatabase(String name, @Nullable String kmsKeyId, Map<String, String> tags) {
    return run(newDatabase(name, kmsKeyId, tags));
  }

  static Decision<DatabaseDetails> newDatabase(
      String name, @Nullable String kmsKeyId, Map<String, String> tags) {
    requireName(name);
    requireTags(tags);
    return (there, now) -> {
      if (there.database(name) != null) {
        throw new StoreException(Kind.CONFLICT, "database " + name + " exists already");
      }
      requireRoomForDatabase(there);
      DatabaseState state = new DatabaseState(name, kmsKeyId, tags, now, now);
      return new Decided<>(List.of(new PutDatabase(state)), state.details(0));
    };
  }

  Optional<DatabaseDetails> database(String name) {
    StoredDatabase database = catalog.database(name);
    return database == null
        ? Optional.empty()
        : Optional.of(database.state().details(database.tableCount()));
  }

  DatabaseDetails updateDatabase(String name, String kmsKeyId) {
    return run((there, now) -> {
      StoredDatabase database = require(there, name);
      DatabaseState state = database.state().withKmsKeyId(kmsKeyId, now);
      return new Decided<>(List.of(new PutDatabase(state)), state.details(database.tableCount()));
    });
  }

  void deleteDatabase(String name) {
    run((there, _) -> {
      int tables = require(there, name).tableCount();
      if (tables > 0) {
        throw new StoreException(
            Kind.BAD_REQUEST,
            "database %s has %d tables: delete them first".formatted(name, tables));
      }
      return done(new DeleteDatabase(name));
    });
  }

  /** Makes a table that Weir keeps for itself, or gives it these rules. */
  void createIfMissing(TableName name, TableRules rules) {
    retain(
        name,
        rules.retention(),
        gone ->
            run((there, now) -> {
              StoredTable table = there.table(name);
              if (table != null && !table.state().own()) {
                throw new StoreException(
                    Kind.CONFLICT,
                    "table %s was made by its owner: Weir can't keep it for itself"
                        .formatted(name));
              }
              if (table != null) {
                return table.rules().equals(rules)
                    ? new Decided<>(List.of(), true)
                    : done(new PutTable(table.state().withRules(rules, now), gone));
              }
              List<CatalogChange> changes = new ArrayList<>();
              if (there.database(name.database()) == null) {
                changes.add(new PutDatabase(DatabaseState.plain(name.database(), now)));
              }
              changes.add(
                  new PutTable(TableState.own(there.nextTableId(), name, rules, now, now), 0));
              return new Decided<>(changes, true);
            }));
  }

  TableDetails createTable(TableName name, TableProperties properties, Map<String, String> tags) {
    return run(newTable(name, properties, tags));
  }

  static Decision<TableDetails> newTable(
      TableName name, TableProperties properties, Map<String, String> tags) {
    requireTags(tags);
    return (there, now) -> {
      require(there, name.database());
      if (there.table(name) != null) {
        throw new StoreException(Kind.CONFLICT, "table " + name + " exists already");
      }
      if (there.tableCount() >= TABLES_MAX) {
        throw new StoreException(
            Kind.QUOTA, "the account has %d tables, its limit".formatted(TABLES_MAX));
      }
      TableState state =
          TableState.account(there.nextTableId(), name, properties, Instant.EPOCH, tags, now, now);
      return new Decided<>(List.of(new PutTable(state, 0)), state.details());
    };
  }

  Optional<TableDetails> table(TableName name) {
    StoredTable table = catalog.table(name);
    return table == null ? Optional.empty() : Optional.of(table.state().details());
  }

  TableDetails updateTable(TableName name, TableProperties properties) {
    return retain(
        name,
        TableState.retention(properties),
        gone ->
            run((there, now) -> {
              StoredTable table = requireOwners(there, name, "changed");
              requireSameKey(
                  name, table.state().properties().partitionKey(), properties.partitionKey());
              TableState state = table.state().withProperties(properties, now);
              return new Decided<>(List.of(new PutTable(state, gone)), state.details());
            }));
  }

  /**
   * Changes a table whose retention may grow by that. Points that have grown too old are hidden,
   * not gone; so that the longer retention does not show them again, they go first: those in the
   * file here, those in memory with the change.
   *
   * @param deed is told before which time all points must go, or 0
   */
  private <T> T retain(TableName name, Duration retention, LongFunction<T> deed) {
    BoundedLock.take(retentions, Submission.PATIENCE.plusSeconds(1), "table " + name);
    try {
      StoredTable table = catalog.table(name);
      if (table == null || retention.compareTo(table.rules().retention()) <= 0) {
        return deed.apply(0);
      }
      long before = Retention.oldestNanos(table.rules(), clock);
      return sealer.without(table, before, () -> deed.apply(before));
    } finally {
      retentions.unlock();
    }
  }

  void deleteTable(TableName name) {
    run((there, _) -> done(new DeleteTable(requireOwners(there, name, "deleted").id())));
  }

  Map<String, String> tags(Resource resource) {
    return switch (resource) {
      case Resource.OfDatabase of -> require(catalog, of.databaseName()).state().sortedTags();
      case Resource.OfTable of -> require(catalog, of.name()).state().sortedTags();
    };
  }

  void tag(Resource resource, Map<String, String> added) {
    changeTags(
        resource,
        before -> {
          Map<String, String> tags = new TreeMap<>(before);
          tags.putAll(added);
          requireTags(tags);
          return tags;
        });
  }

  void untag(Resource resource, Set<String> keys) {
    changeTags(
        resource,
        before -> {
          Map<String, String> tags = new TreeMap<>(before);
          tags.keySet().removeAll(keys);
          return tags;
        });
  }

  void accountSettings(AccountSettings changed) {
    run((_, _) -> done(new PutAccount(changed)));
  }

  private void changeTags(Resource resource, UnaryOperator<Map<String, String>> change) {
    run((there, _) ->
        switch (resource) {
          case Resource.OfDatabase of -> {
            DatabaseState state = require(there, of.databaseName()).state();
            yield done(new PutDatabase(state.withTags(change.apply(state.tags()))));
          }
          case Resource.OfTable of -> {
            TableState state = require(there, of.name()).state();
            yield done(new PutTable(state.withTags(change.apply(state.tags())), 0));
          }
        });
  }

  private <T> T run(Decision<T> decision) {
    Administer<T> command = new Administer<>(decision);
    return submission.await(command, command.done());
  }

  private static Decided<Boolean> done(CatalogChange change) {
    return new Decided<>(List.of(change), true);
  }

  private static void requireName(String name) {
    try {
      TableName unused = new TableName(name, "any");
    } catch (IllegalArgumentException e) {
      throw new StoreException(Kind.BAD_REQUEST, String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireRoomForDatabase(StoreCatalog there) {
    if (there.databaseCount() >= DATABASES_MAX) {
      throw new StoreException(
          Kind.QUOTA, "the account has %d databases, its limit".formatted(DATABASES_MAX));
    }
  }

  private static void requireTags(Map<String, String> tags) {
    if (tags.size() > ResourceTags.TAGS_MAX) {
      throw new StoreException(
          Kind.QUOTA,
          "%d tags are more than the limit of %d".formatted(tags.size(), ResourceTags.TAGS_MAX));
    }
    tags.forEach((key, value) -> {
      if (key.isEmpty()
          || key.length() > TAG_KEY_LENGTH_MAX
          || value.length() > TAG_VALUE_LENGTH_MAX) {
        throw new StoreException(
            Kind.BAD_REQUEST,
            "tag \"%s\" must have a key of 1 to %d characters and a value of at most %d"
                .formatted(key, TAG_KEY_LENGTH_MAX, TAG_VALUE_LENGTH_MAX));
      }
    });
  }

  private static StoredDatabase require(StoreCatalog there, String name) {
    StoredDatabase database = there.database(name);
    if (database == null) {
      throw new StoreException(Kind.NOT_FOUND, "database " + name + " does not exist");
    }
    return database;
  }

  private static StoredTable require(StoreCatalog there, TableName name) {
    StoredTable table = there.table(name);
    if (table == null) {
      throw new StoreException(Kind.NOT_FOUND, "table " + name + " does not exist");
    }
    return table;
  }

  private static StoredTable requireOwners(StoreCatalog there, TableName name, String deed) {
    StoredTable table = require(there, name);
    if (table.state().own()) {
      throw new StoreException(
          Kind.BAD_REQUEST, "table %s can't be %s: Weir keeps it for itself".formatted(name, deed));
    }
    return table;
  }

  private static void requireSameKey(TableName name, PartitionKey before, PartitionKey after) {
    boolean same =
        switch (before) {
          case PartitionKey.OfMeasureName _ -> after instanceof PartitionKey.OfMeasureName;
          case PartitionKey.OfDimension of ->
              after instanceof PartitionKey.OfDimension other && of.name().equals(other.name());
        };
    if (!same) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "the partition key of table %s can't be changed, only its enforcement".formatted(name));
    }
  }
}
