// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.store.TableName;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.DatabaseDetails;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.model.Database;
import software.amazon.awssdk.services.timestreamwrite.model.Tag;

/**
 * The owner's roles played by the SDK's clients, so that the contract of the catalog goes over the
 * wire too. Every table is told as somebody else's: the wire does not say which are Weir's own.
 */
public record SdkAccount(TimestreamWriteClient write, TimestreamQueryClient query)
    implements CatalogWriter, ResourceTags, AccountSettings.Keeper {

  private static final String ARN = "arn:aws:timestream:us-east-1:000000000000:database/";

  @Override
  public DatabaseDetails createDatabase(String name, String kmsKeyId, Map<String, String> tags) {
    return Failures.asked(() ->
        details(
            write
                .createDatabase(c -> c.databaseName(name).kmsKeyId(kmsKeyId).tags(list(tags)))
                .database()));
  }

  @Override
  public Optional<DatabaseDetails> database(String name) {
    return Failures.ifThere(
        () -> details(write.describeDatabase(d -> d.databaseName(name)).database()));
  }

  @Override
  public DatabaseDetails updateDatabase(String name, String kmsKeyId) {
    return Failures.asked(() ->
        details(write.updateDatabase(u -> u.databaseName(name).kmsKeyId(kmsKeyId)).database()));
  }

  @Override
  public void deleteDatabase(String name) {
    Failures.asked(() -> write.deleteDatabase(d -> d.databaseName(name)));
  }

  @Override
  public TableDetails createTable(
      TableName name, TableProperties properties, Map<String, String> tags) {
    return Failures.asked(() ->
        SdkTables.details(
            write
                .createTable(c ->
                    c.databaseName(name.database())
                        .tableName(name.table())
                        .retentionProperties(SdkTables.retention(properties))
                        .magneticStoreWriteProperties(SdkTables.magnetic(properties))
                        .schema(SdkTables.schema(properties))
                        .tags(list(tags)))
                .table()));
  }

  @Override
  public Optional<TableDetails> table(TableName name) {
    return Failures.ifThere(() ->
        SdkTables.details(
            write
                .describeTable(d -> d.databaseName(name.database()).tableName(name.table()))
                .table()));
  }

  @Override
  public TableDetails updateTable(TableName name, TableProperties properties) {
    return Failures.asked(() ->
        SdkTables.details(
            write
                .updateTable(u ->
                    u.databaseName(name.database())
                        .tableName(name.table())
                        .retentionProperties(SdkTables.retention(properties))
                        .magneticStoreWriteProperties(SdkTables.magnetic(properties))
                        .schema(SdkTables.schema(properties)))
                .table()));
  }

  @Override
  public void deleteTable(TableName name) {
    Failures.asked(
        () -> write.deleteTable(d -> d.databaseName(name.database()).tableName(name.table())));
  }

  @Override
  public Map<String, String> tags(Resource resource) {
    return Failures.asked(() -> {
      Map<String, String> tags = new TreeMap<>();
      write
          .listTagsForResource(l -> l.resourceARN(arn(resource)))
          .tags()
          .forEach(tag -> tags.put(tag.key(), tag.value()));
      return tags;
    });
  }

  @Override
  public void tag(Resource resource, Map<String, String> added) {
    Failures.asked(() -> write.tagResource(t -> t.resourceARN(arn(resource)).tags(list(added))));
  }

  @Override
  public void untag(Resource resource, Set<String> keys) {
    Failures.asked(() -> write.untagResource(u -> u.resourceARN(arn(resource)).tagKeys(keys)));
  }

  @Override
  public AccountSettings accountSettings() {
    return Failures.asked(() -> {
      var settings = query.describeAccountSettings(d -> {});
      return new AccountSettings(
          settings.maxQueryTCU(),
          AccountSettings.PricingModel.valueOf(settings.queryPricingModelAsString()));
    });
  }

  @Override
  public void accountSettings(AccountSettings changed) {
    Failures.asked(() ->
        query.updateAccountSettings(u ->
            u.maxQueryTCU(changed.maxQueryTcu()).queryPricingModel(changed.pricingModel().name())));
  }

  private static DatabaseDetails details(Database database) {
    return new DatabaseDetails(
        database.databaseName(),
        Math.toIntExact(database.tableCount()),
        database.kmsKeyId(),
        database.creationTime(),
        database.lastUpdatedTime());
  }

  private static String arn(Resource resource) {
    return switch (resource) {
      case Resource.OfDatabase(String name) -> ARN + name;
      case Resource.OfTable(TableName name) -> ARN + name.database() + "/table/" + name.table();
    };
  }

  private static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
