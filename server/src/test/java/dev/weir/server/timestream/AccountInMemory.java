// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import dev.weir.store.CatalogReader;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.DatabaseDetails;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An account that is kept in maps. Tables named {@code own} are Weir's. */
final class AccountInMemory
    implements CatalogReader, CatalogWriter, ResourceTags, AccountSettings.Keeper {

  private record Database(@Nullable String key, Instant created, Instant updated) {}

  private final InstantSource clock;
  private final Map<String, Database> databases = new TreeMap<>();
  private final Map<String, TableDetails> tables = new TreeMap<>();
  private final Map<Resource, Map<String, String>> tags = new HashMap<>();
  private AccountSettings settings = AccountSettings.DEFAULT;

  AccountInMemory(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized List<String> databases() {
    return List.copyOf(databases.keySet());
  }

  @Override
  public synchronized List<String> tables(String database) {
    return tables.values().stream()
        .filter(table -> table.name().database().equals(database))
        .map(table -> table.name().table())
        .sorted()
        .toList();
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return table(table).map(found -> new TableDescription(found.name(), List.of()));
  }

  @Override
  public synchronized DatabaseDetails createDatabase(
      String name, @Nullable String kmsKeyId, Map<String, String> given) {
    if (databases.containsKey(name)) {
      throw new StoreException(Kind.CONFLICT, "The database " + name + " already exists.");
    }
    databases.put(name, new Database(kmsKeyId, clock.instant(), clock.instant()));
    tags.put(new Resource.OfDatabase(name), new TreeMap<>(given));
    return database(name).orElseThrow();
  }

  @Override
  public synchronized Optional<DatabaseDetails> database(String name) {
    return Optional.ofNullable(databases.get(name))
        .map(found ->
            new DatabaseDetails(
                name, tables(name).size(), found.key(), found.created(), found.updated()));
  }

  @Override
  public synchronized DatabaseDetails updateDatabase(String name, String kmsKeyId) {
    DatabaseDetails before = database(name).orElseThrow(() -> missing(name));
    databases.put(name, new Database(kmsKeyId, before.created(), clock.instant()));
    return database(name).orElseThrow();
  }

  @Override
  public synchronized void deleteDatabase(String name) {
    if (!tables(name).isEmpty()) {
      throw new StoreException(Kind.BAD_REQUEST, "The database " + name + " has tables.");
    }
    if (databases.remove(name) == null) {
      throw missing(name);
    }
  }

  @Override
  public synchronized TableDetails createTable(
      TableName name, TableProperties properties, Map<String, String> given) {
    if (!databases.containsKey(name.database())) {
      throw missing(name.database());
    }
    if (tables.containsKey(name.toString())) {
      throw new StoreException(Kind.CONFLICT, "The table " + name.table() + " already exists.");
    }
    TableDetails made =
        new TableDetails(
            name, properties, name.table().equals("own"), clock.instant(), clock.instant());
    tables.put(name.toString(), made);
    tags.put(new Resource.OfTable(name), new TreeMap<>(given));
    return made;
  }

  @Override
  public synchronized Optional<TableDetails> table(TableName name) {
    return Optional.ofNullable(tables.get(name.toString()));
  }

  @Override
  public synchronized TableDetails updateTable(TableName name, TableProperties properties) {
    TableDetails before = table(name).orElseThrow(() -> missing(name.table()));
    TableDetails changed =
        new TableDetails(name, properties, before.own(), before.created(), clock.instant());
    tables.put(name.toString(), changed);
    return changed;
  }

  @Override
  public synchronized void deleteTable(TableName name) {
    if (tables.remove(name.toString()) == null) {
      throw missing(name.table());
    }
  }

  @Override
  public synchronized Map<String, String> tags(Resource resource) {
    return Map.copyOf(carried(resource));
  }

  @Override
  public synchronized void tag(Resource resource, Map<String, String> added) {
    Map<String, String> all = new TreeMap<>(carried(resource));
    all.putAll(added);
    if (all.size() > TAGS_MAX) {
      throw new StoreException(Kind.QUOTA, "a resource has at most " + TAGS_MAX + " tags");
    }
    tags.put(resource, all);
  }

  @Override
  public synchronized void untag(Resource resource, Set<String> keys) {
    carried(resource).keySet().removeAll(keys);
  }

  @Override
  public synchronized AccountSettings accountSettings() {
    return settings;
  }

  @Override
  public synchronized void accountSettings(AccountSettings changed) {
    settings = changed;
  }

  private Map<String, String> carried(Resource resource) {
    Map<String, String> found = tags.get(resource);
    if (found == null) {
      throw missing(resource.toString());
    }
    return found;
  }

  private static StoreException missing(String what) {
    return new StoreException(Kind.NOT_FOUND, what + " does not exist.");
  }
}
