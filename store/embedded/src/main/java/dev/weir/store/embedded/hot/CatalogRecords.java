// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import static java.util.Objects.requireNonNull;

import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.AccountSettings.PricingModel;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import dev.weir.store.administration.TableProperties.RejectedDataLocation;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteTable;
import dev.weir.store.embedded.catalog.CatalogChange.PutAccount;
import dev.weir.store.embedded.catalog.CatalogChange.PutDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import dev.weir.store.embedded.catalog.DatabaseState;
import dev.weir.store.embedded.catalog.TableState;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.ByteSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of catalog changes, in the log and in the file alike. A kind that is written here is
 * read for ever; what is new gets a new number.
 */
public final class CatalogRecords {

  static final int PUT_DATABASE = 6;
  static final int DELETE_DATABASE = 7;
  static final int PUT_OWN_TABLE = 8;
  static final int PUT_ACCOUNT_TABLE = 9;
  static final int DELETE_TABLE = 10;
  static final int PUT_ACCOUNT = 11;

  private CatalogRecords() {}

  /** Writes the kind and what belongs to it. */
  public static void write(ByteSink sink, CatalogChange change) {
    switch (change) {
      case PutDatabase put -> {
        sink.putByte(PUT_DATABASE);
        DatabaseState state = put.state();
        sink.putString(state.name());
        optional(sink, state.kmsKeyId());
        tags(sink, state.tags());
        time(sink, state.created());
        time(sink, state.updated());
      }
      case DeleteDatabase delete -> {
        sink.putByte(DELETE_DATABASE);
        sink.putString(delete.name());
      }
      case PutTable put -> writeTable(sink, put);
      case DeleteTable delete -> {
        sink.putByte(DELETE_TABLE);
        sink.putVarint(delete.id());
      }
      case PutAccount put -> {
        sink.putByte(PUT_ACCOUNT);
        sink.putVarint(put.settings().maxQueryTcu());
        sink.putByte(put.settings().pricingModel().ordinal());
      }
    }
  }

  /** Reads what {@link #write} wrote, kind included. */
  public static CatalogChange read(ByteSource source) {
    return read(source.getByte(), source);
  }

  static CatalogChange read(int kind, ByteSource source) {
    return switch (kind) {
      case PUT_DATABASE ->
          new PutDatabase(
              new DatabaseState(
                  source.getString(), optional(source), tags(source), time(source), time(source)));
      case DELETE_DATABASE -> new DeleteDatabase(source.getString());
      case PUT_OWN_TABLE, PUT_ACCOUNT_TABLE -> readTable(kind, source);
      case DELETE_TABLE -> new DeleteTable(source.getInt());
      case PUT_ACCOUNT ->
          new PutAccount(
              new AccountSettings(source.getInt(), PricingModel.values()[source.getByte()]));
      default -> throw new IllegalArgumentException("unknown entry in a log record");
    };
  }

  private static void writeTable(ByteSink sink, PutTable put) {
    TableState state = put.state();
    sink.putByte(state.own() ? PUT_OWN_TABLE : PUT_ACCOUNT_TABLE);
    sink.putVarint(state.id());
    sink.putString(state.name().database());
    sink.putString(state.name().table());
    sink.putVarint(put.goneBeforeNanos());
    tags(sink, state.tags());
    time(sink, state.created());
    time(sink, state.updated());
    if (state.own()) {
      rules(sink, state.rules());
    } else {
      time(sink, requireNonNull(state.rules().account()).memoryFrom());
      properties(sink, state.properties());
    }
  }

  private static PutTable readTable(int kind, ByteSource source) {
    int id = source.getInt();
    TableName name = new TableName(source.getString(), source.getString());
    long goneBefore = source.getVarint();
    Map<String, String> tags = tags(source);
    Instant created = time(source);
    Instant updated = time(source);
    if (kind == PUT_OWN_TABLE) {
      TableState state = TableState.own(id, name, rules(source), created, updated);
      return new PutTable(state.withTags(tags), goneBefore);
    }
    Instant memoryFrom = time(source);
    TableProperties properties = properties(source);
    return new PutTable(
        TableState.account(id, name, properties, memoryFrom, tags, created, updated), goneBefore);
  }

  private static void rules(ByteSink sink, TableRules rules) {
    sink.putVarint(rules.retention().toMillis());
    sink.putVarint(rules.futureWindow().toMillis());
    sink.putVarint(rules.dimensionsMax());
    sink.putVarint(rules.measureNamesMax());
    sink.putVarint(rules.dimensionNameBytesMax());
    sink.putVarint(rules.dimensionValueBytesMax());
    sink.putVarint(rules.measureNameBytesMax());
    sink.putVarint(rules.seriesBytesMax());
  }

  /** The rules of an own table. */
  public static TableRules rules(ByteSource source) {
    return new TableRules(
        Duration.ofMillis(source.getVarint()),
        Duration.ofMillis(source.getVarint()),
        source.getInt(),
        source.getInt(),
        source.getInt(),
        source.getInt(),
        source.getInt(),
        source.getInt(),
        null);
  }

  private static void properties(ByteSink sink, TableProperties properties) {
    sink.putVarint(properties.memoryRetention().toMillis());
    sink.putVarint(properties.magneticRetention().toMillis());
    sink.putByte(properties.magneticWrites().enabled() ? 1 : 0);
    RejectedDataLocation rejected = properties.magneticWrites().rejectedData();
    sink.putByte(rejected == null ? 0 : 1);
    if (rejected != null) {
      optional(sink, rejected.bucketName());
      optional(sink, rejected.objectKeyPrefix());
      optional(sink, rejected.encryptionOption());
      optional(sink, rejected.kmsKeyId());
    }
    switch (properties.partitionKey()) {
      case PartitionKey.OfMeasureName _ -> sink.putByte(0);
      case PartitionKey.OfDimension of -> {
        sink.putByte(of.required() ? 2 : 1);
        sink.putString(of.name());
      }
    }
  }

  private static TableProperties properties(ByteSource source) {
    Duration memory = Duration.ofMillis(source.getVarint());
    Duration magnetic = Duration.ofMillis(source.getVarint());
    boolean enabled = source.getByte() != 0;
    RejectedDataLocation rejected =
        source.getByte() == 0
            ? null
            : new RejectedDataLocation(
                optional(source), optional(source), optional(source), optional(source));
    int key = source.getByte();
    return new TableProperties(
        memory,
        magnetic,
        new MagneticWrites(enabled, rejected),
        key == 0
            ? new PartitionKey.OfMeasureName()
            : new PartitionKey.OfDimension(source.getString(), key == 2));
  }

  private static void tags(ByteSink sink, Map<String, String> tags) {
    sink.putVarint(tags.size());
    new TreeMap<>(tags)
        .forEach((key, value) -> {
          sink.putString(key);
          sink.putString(value);
        });
  }

  private static Map<String, String> tags(ByteSource source) {
    int count = source.getInt();
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < count; i++) {
      tags.put(source.getString(), source.getString());
    }
    return tags;
  }

  private static void optional(ByteSink sink, @Nullable String text) {
    sink.putByte(text == null ? 0 : 1);
    if (text != null) {
      sink.putString(text);
    }
  }

  private static @Nullable String optional(ByteSource source) {
    return source.getByte() == 0 ? null : source.getString();
  }

  private static void time(ByteSink sink, Instant time) {
    sink.putZigzag(time.toEpochMilli());
  }

  private static Instant time(ByteSource source) {
    return Instant.ofEpochMilli(source.getZigzag());
  }
}
