// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.catalog;

import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.JsonObject;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import dev.weir.store.administration.TableProperties.RejectedDataLocation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table's properties between JSON and core. */
final class TableJson {

  private static final List<String> KEY_TYPES = List.of("DIMENSION", "MEASURE");
  private static final List<String> ENFORCEMENTS = List.of("REQUIRED", "OPTIONAL");
  private static final List<String> ENCRYPTIONS = List.of("SSE_S3", "SSE_KMS");
  private static final int BUCKET_LENGTH_MIN = 3;
  private static final int BUCKET_LENGTH_MAX = 63;
  private static final int PREFIX_LENGTH_MAX = 928;
  private static final int KEY_ID_LENGTH_MAX = 2_048;

  private TableJson() {}

  /** The properties that a request gives; where it is silent, those that there are. */
  static TableProperties properties(JsonObject input, TableProperties before) {
    Duration memory = before.memoryRetention();
    Duration magnetic = before.magneticRetention();
    JsonObject retention = input.object("RetentionProperties");
    if (retention != null) {
      memory =
          Duration.ofHours(
              retention(
                  retention,
                  "MemoryStoreRetentionPeriodInHours",
                  "retentionProperties.memoryStoreRetentionPeriodInHours",
                  TableProperties.MEMORY_HOURS_MAX));
      magnetic =
          Duration.ofDays(
              retention(
                  retention,
                  "MagneticStoreRetentionPeriodInDays",
                  "retentionProperties.magneticStoreRetentionPeriodInDays",
                  TableProperties.MAGNETIC_DAYS_MAX));
    }
    JsonObject writes = input.object("MagneticStoreWriteProperties");
    JsonObject schema = input.object("Schema");
    return new TableProperties(
        memory,
        magnetic,
        writes == null ? before.magneticWrites() : magneticWrites(writes),
        schema == null ? before.partitionKey() : partitionKey(schema, before.partitionKey()));
  }

  private static long retention(JsonObject input, String member, String path, int max) {
    long value = Constraints.required(input.integer(member), path);
    Constraints.range(value, path, 1, max);
    return value;
  }

  private static MagneticWrites magneticWrites(JsonObject input) {
    boolean enabled =
        Constraints.required(
            input.bool("EnableMagneticStoreWrites"),
            "magneticStoreWriteProperties.enableMagneticStoreWrites");
    JsonObject location = input.object("MagneticStoreRejectedDataLocation");
    JsonObject s3 = location == null ? null : location.object("S3Configuration");
    if (s3 == null) {
      return new MagneticWrites(enabled, null);
    }
    String path = "magneticStoreWriteProperties.magneticStoreRejectedDataLocation.s3Configuration.";
    return new MagneticWrites(
        enabled,
        new RejectedDataLocation(
            Constraints.length(
                s3.text("BucketName"), path + "bucketName", BUCKET_LENGTH_MIN, BUCKET_LENGTH_MAX),
            Constraints.length(
                s3.text("ObjectKeyPrefix"), path + "objectKeyPrefix", 1, PREFIX_LENGTH_MAX),
            Constraints.word(s3.text("EncryptionOption"), path + "encryptionOption", ENCRYPTIONS),
            Constraints.length(s3.text("KmsKeyId"), path + "kmsKeyId", 1, KEY_ID_LENGTH_MAX)));
  }

  private static PartitionKey partitionKey(JsonObject schema, PartitionKey before) {
    List<JsonObject> parts = schema.objects("CompositePartitionKey");
    if (parts == null) {
      return before;
    }
    Constraints.size(parts, "schema.compositePartitionKey", 1, 1);
    String path = "schema.compositePartitionKey.1.member.";
    JsonObject part = parts.getFirst();
    String type = Constraints.required(part.text("Type"), path + "type");
    Constraints.word(type, path + "type", KEY_TYPES);
    String name = Constraints.length(part.text("Name"), path + "name", 1, Integer.MAX_VALUE);
    String enforcement =
        Constraints.word(
            part.text("EnforcementInRecord"), path + "enforcementInRecord", ENFORCEMENTS);
    if (type.equals("MEASURE")) {
      if (name != null || enforcement != null) {
        throw WireException.invalid(
            "A partition key of type MEASURE has neither Name nor EnforcementInRecord.");
      }
      return new PartitionKey.OfMeasureName();
    }
    return new PartitionKey.OfDimension(
        Constraints.required(name, path + "name"), "REQUIRED".equals(enforcement));
  }

  /** Writes a table as DescribeTable shows it. */
  static void write(JsonOut out, Caller caller, TableDetails details) {
    TableProperties properties = details.properties();
    String database = details.name().database();
    out.open()
        .member("Arn", caller.tableArn(database, details.name().table()))
        .member("TableName", details.name().table())
        .member("DatabaseName", database)
        .member("TableStatus", "ACTIVE");
    out.name("RetentionProperties")
        .open()
        .member("MemoryStoreRetentionPeriodInHours", properties.memoryRetention().toHours())
        .member("MagneticStoreRetentionPeriodInDays", properties.magneticRetention().toDays())
        .close();
    out.member("CreationTime", details.created()).member("LastUpdatedTime", details.updated());
    write(out, properties.magneticWrites());
    out.name("Schema").open().name("CompositePartitionKey").openArray().open();
    switch (properties.partitionKey()) {
      case PartitionKey.OfMeasureName _ -> out.member("Type", "MEASURE");
      case PartitionKey.OfDimension(String name, boolean required) ->
          out.member("Type", "DIMENSION")
              .member("Name", name)
              .member("EnforcementInRecord", required ? "REQUIRED" : "OPTIONAL");
    }
    out.close().closeArray().close().close();
  }

  private static void write(JsonOut out, MagneticWrites writes) {
    out.name("MagneticStoreWriteProperties").open();
    out.member("EnableMagneticStoreWrites", writes.enabled());
    RejectedDataLocation location = writes.rejectedData();
    if (location != null) {
      out.name("MagneticStoreRejectedDataLocation").open().name("S3Configuration").open();
      optional(out, "BucketName", location.bucketName());
      optional(out, "ObjectKeyPrefix", location.objectKeyPrefix());
      optional(out, "EncryptionOption", location.encryptionOption());
      optional(out, "KmsKeyId", location.kmsKeyId());
      out.close().close();
    }
    out.close();
  }

  private static void optional(JsonOut out, String name, @Nullable String value) {
    if (value != null) {
      out.member(name, value);
    }
  }
}
