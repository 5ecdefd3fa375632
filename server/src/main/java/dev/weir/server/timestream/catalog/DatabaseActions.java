// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.catalog;

import dev.weir.server.timestream.wire.Action;
import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.JsonObject;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.Operation;
import dev.weir.server.timestream.wire.WireCall;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.CatalogReader;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.DatabaseDetails;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes, describes, lists, changes and deletes databases. Thread-safe. */
public final class DatabaseActions {

  private static final int LISTED_MAX = 20;
  private static final int KEY_LENGTH_MAX = 2_048;

  private final CatalogReader catalog;
  private final CatalogWriter administration;

  public DatabaseActions(CatalogReader catalog, CatalogWriter administration) {
    this.catalog = catalog;
    this.administration = administration;
  }

  /** What this class does. */
  public Map<Operation, Action> all() {
    return Map.of(
        Operation.CREATE_DATABASE, this::create,
        Operation.DESCRIBE_DATABASE, this::describe,
        Operation.LIST_DATABASES, this::list,
        Operation.UPDATE_DATABASE, this::update,
        Operation.DELETE_DATABASE, this::delete);
  }

  private JsonOut create(WireCall call) {
    JsonObject input = call.input();
    String name = name(call, input);
    String key = key(input);
    Map<String, String> tags = Tags.of(input);
    return answer(call.caller(), administration.createDatabase(name, key, tags));
  }

  private JsonOut describe(WireCall call) {
    String name = name(call, call.input());
    return answer(call.caller(), administration.database(name).orElseThrow(() -> missing(name)));
  }

  private JsonOut list(WireCall call) {
    ListPages pages = ListPages.of(call.input(), LISTED_MAX);
    List<String> names =
        catalog.databases().stream().filter(call.caller().scope()::includes).toList();
    JsonOut out = new JsonOut(1_024).open();
    pages.write(
        out,
        "Databases",
        names,
        name -> administration.database(name).ifPresent(found -> write(out, call.caller(), found)));
    return out.close();
  }

  private JsonOut update(WireCall call) {
    JsonObject input = call.input();
    String name = name(call, input);
    String key = Constraints.required(key(input), "kmsKeyId");
    return answer(call.caller(), administration.updateDatabase(name, key));
  }

  private JsonOut delete(WireCall call) {
    administration.deleteDatabase(name(call, call.input()));
    return new JsonOut(2).open().close();
  }

  static WireException missing(String database) {
    return new WireException(
        Fault.RESOURCE_NOT_FOUND, "The database " + database + " does not exist.");
  }

  private static String name(WireCall call, JsonObject input) {
    String name = Constraints.name(input.text("DatabaseName"), "databaseName");
    call.caller().mayUse(name, call.operation());
    return name;
  }

  private static @Nullable String key(JsonObject input) {
    return Constraints.length(input.text("KmsKeyId"), "kmsKeyId", 1, KEY_LENGTH_MAX);
  }

  private static JsonOut answer(Caller caller, DatabaseDetails details) {
    JsonOut out = new JsonOut(512).open().name("Database");
    write(out, caller, details);
    return out.close();
  }

  private static void write(JsonOut out, Caller caller, DatabaseDetails details) {
    out.open()
        .member("Arn", caller.databaseArn(details.name()))
        .member("DatabaseName", details.name())
        .member("TableCount", details.tableCount());
    String key = details.kmsKeyId();
    if (key != null) {
      out.member("KmsKeyId", key);
    }
    out.member("CreationTime", details.created()).member("LastUpdatedTime", details.updated());
    out.close();
  }
}
