// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.store.TableName;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import dev.weir.store.administration.TableProperties.RejectedDataLocation;
import java.time.Duration;
import software.amazon.awssdk.services.timestreamwrite.model.MagneticStoreRejectedDataLocation;
import software.amazon.awssdk.services.timestreamwrite.model.MagneticStoreWriteProperties;
import software.amazon.awssdk.services.timestreamwrite.model.RetentionProperties;
import software.amazon.awssdk.services.timestreamwrite.model.S3Configuration;
import software.amazon.awssdk.services.timestreamwrite.model.Schema;
import software.amazon.awssdk.services.timestreamwrite.model.Table;

/** The properties of a table, to the SDK's shapes and back. */
final class SdkTables {

  private SdkTables() {}

  static RetentionProperties retention(TableProperties properties) {
    return RetentionProperties.builder()
        .memoryStoreRetentionPeriodInHours(properties.memoryRetention().toHours())
        .magneticStoreRetentionPeriodInDays(properties.magneticRetention().toDays())
        .build();
  }

  static MagneticStoreWriteProperties magnetic(TableProperties properties) {
    RejectedDataLocation to = properties.magneticWrites().rejectedData();
    MagneticStoreWriteProperties.Builder writes =
        MagneticStoreWriteProperties.builder()
            .enableMagneticStoreWrites(properties.magneticWrites().enabled());
    if (to != null) {
      writes.magneticStoreRejectedDataLocation(l ->
          l.s3Configuration(s ->
              s.bucketName(to.bucketName())
                  .objectKeyPrefix(to.objectKeyPrefix())
                  .encryptionOption(to.encryptionOption())
                  .kmsKeyId(to.kmsKeyId())));
    }
    return writes.build();
  }

  static Schema schema(TableProperties properties) {
    software.amazon.awssdk.services.timestreamwrite.model.PartitionKey.Builder key =
        software.amazon.awssdk.services.timestreamwrite.model.PartitionKey.builder();
    switch (properties.partitionKey()) {
      case PartitionKey.OfMeasureName _ -> key.type("MEASURE");
      case PartitionKey.OfDimension(String name, boolean required) ->
          key.type("DIMENSION").name(name).enforcementInRecord(required ? "REQUIRED" : "OPTIONAL");
    }
    return Schema.builder().compositePartitionKey(key.build()).build();
  }

  static TableDetails details(Table table) {
    return new TableDetails(
        new TableName(table.databaseName(), table.tableName()),
        new TableProperties(
            Duration.ofHours(table.retentionProperties().memoryStoreRetentionPeriodInHours()),
            Duration.ofDays(table.retentionProperties().magneticStoreRetentionPeriodInDays()),
            magnetic(table.magneticStoreWriteProperties()),
            key(table.schema())),
        false,
        table.creationTime(),
        table.lastUpdatedTime());
  }

  private static MagneticWrites magnetic(MagneticStoreWriteProperties writes) {
    MagneticStoreRejectedDataLocation location = writes.magneticStoreRejectedDataLocation();
    S3Configuration s3 = location == null ? null : location.s3Configuration();
    return new MagneticWrites(
        writes.enableMagneticStoreWrites(),
        s3 == null
            ? null
            : new RejectedDataLocation(
                s3.bucketName(),
                s3.objectKeyPrefix(),
                s3.encryptionOptionAsString(),
                s3.kmsKeyId()));
  }

  private static PartitionKey key(Schema schema) {
    var key = schema.compositePartitionKey().getFirst();
    return key.typeAsString().equals("MEASURE")
        ? new PartitionKey.OfMeasureName()
        : new PartitionKey.OfDimension(
            key.name(), "REQUIRED".equals(key.enforcementInRecordAsString()));
  }
}
