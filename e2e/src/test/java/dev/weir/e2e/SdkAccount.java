// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
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
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.model.Database;
import software.amazon.awssdk.services.timestreamwrite.model.Tag;

/**
 * The owner's roles played by the SDK's clients, so that the contract of the catalog goes over the
 * wire too. Every table is told as somebody else's: the wire does not say which are Weir's own.
 */
record SdkAccount(TimestreamWriteClient write, TimestreamQueryClient query)
    implements CatalogWriter, ResourceTags, AccountSettings.Keeper {

  private static final String ARN = "arn:aws:timestream:us-east-1:000000000000:database/";

  @Override
  public DatabaseDetails createDatabase(String name, String kmsKeyId, Map<String, String> tags) {
    return asked(() ->
        details(
            write
                .createDatabase(c -> c.databaseName(name).kmsKeyId(kmsKeyId).tags(list(tags)))
                .database()));
  }

  @Override
  public Optional<DatabaseDetails> database(String name) {
    return ifThere(() -> details(write.describeDatabase(d -> d.databaseName(name)).database()));
  }

  @Override
  public DatabaseDetails updateDatabase(String name, String kmsKeyId) {
    return asked(() ->
        details(write.updateDatabase(u -> u.databaseName(name).kmsKeyId(kmsKeyId)).database()));
  }

  @Override
  public void deleteDatabase(String name) {
    asked(() -> write.deleteDatabase(d -> d.databaseName(name)));
  }

  @Override
  public TableDetails createTable(
      TableName name, TableProperties properties, Map<String, String> tags) {
    return asked(() ->
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
    return ifThere(() ->
        SdkTables.details(
            write
                .describeTable(d -> d.databaseName(name.database()).tableName(name.table()))
                .table()));
  }

  @Override
  public TableDetails updateTable(TableName name, TableProperties properties) {
    return asked(() ->
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
    asked(() -> write.deleteTable(d -> d.databaseName(name.database()).tableName(name.table())));
  }

  @Override
  public Map<String, String> tags(Resource resource) {
    return asked(() -> {
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
    asked(() -> write.tagResource(t -> t.resourceARN(arn(resource)).tags(list(added))));
  }

  @Override
  public void untag(Resource resource, Set<String> keys) {
    asked(() -> write.untagResource(u -> u.resourceARN(arn(resource)).tagKeys(keys)));
  }

  @Override
  public AccountSettings accountSettings() {
    return asked(() -> {
      var settings = query.describeAccountSettings(d -> {});
      return new AccountSettings(
          settings.maxQueryTCU(),
          AccountSettings.PricingModel.valueOf(settings.queryPricingModelAsString()));
    });
  }

  @Override
  public void accountSettings(AccountSettings changed) {
    asked(() ->
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

  private static <T> Optional<T> ifThere(Supplier<T> call) {
    try {
      return Optional.of(asked(call));
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      Kind kind =
          switch (e.awsErrorDetails().errorCode()) {
            case "ValidationException" -> Kind.BAD_REQUEST;
            case "ResourceNotFoundException" -> Kind.NOT_FOUND;
            case "ConflictException" -> Kind.CONFLICT;
            case "ServiceQuotaExceededException" -> Kind.QUOTA;
            default -> throw e;
          };
      throw new StoreException(kind, e.awsErrorDetails().errorMessage(), e);
    }
  }
}
