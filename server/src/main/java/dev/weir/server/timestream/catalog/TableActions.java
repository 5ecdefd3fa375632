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
import dev.weir.store.TableName;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import java.util.List;
import java.util.Map;

/** Makes, describes, lists, changes and deletes tables. Thread-safe. */
public final class TableActions {

  private static final int LISTED_MAX = 20;

  private final CatalogReader catalog;
  private final CatalogWriter administration;

  public TableActions(CatalogReader catalog, CatalogWriter administration) {
    this.catalog = catalog;
    this.administration = administration;
  }

  /** What this class does. */
  public Map<Operation, Action> all() {
    return Map.of(
        Operation.CREATE_TABLE, this::create,
        Operation.DESCRIBE_TABLE, this::describe,
        Operation.LIST_TABLES, this::list,
        Operation.UPDATE_TABLE, this::update,
        Operation.DELETE_TABLE, this::delete);
  }

  private JsonOut create(WireCall call) {
    JsonObject input = call.input();
    TableName name = name(call, input);
    TableProperties properties = TableJson.properties(input, TableProperties.DEFAULT);
    return answer(call.caller(), administration.createTable(name, properties, Tags.of(input)));
  }

  private JsonOut describe(WireCall call) {
    return answer(call.caller(), existing(name(call, call.input())));
  }

  private JsonOut update(WireCall call) {
    JsonObject input = call.input();
    TableName name = name(call, input);
    TableProperties changed = TableJson.properties(input, existing(name).properties());
    return answer(call.caller(), administration.updateTable(name, changed));
  }

  private JsonOut delete(WireCall call) {
    administration.deleteTable(name(call, call.input()));
    return new JsonOut(2).open().close();
  }

  private JsonOut list(WireCall call) {
    JsonObject input = call.input();
    ListPages pages = ListPages.of(input, LISTED_MAX);
    String asked = input.text("DatabaseName");
    List<String> databases;
    if (asked == null) {
      databases = catalog.databases().stream().filter(call.caller().scope()::includes).toList();
    } else {
      Constraints.name(asked, "databaseName");
      call.caller().mayUse(asked, call.operation());
      if (administration.database(asked).isEmpty()) {
        throw DatabaseActions.missing(asked);
      }
      databases = List.of(asked);
    }
    // A slash sorts among the characters of names, a space before them all.
    List<String> names =
        databases.stream()
            .flatMap(
                database -> catalog.tables(database).stream().map(table -> database + " " + table))
            .sorted()
            .toList();
    JsonOut out = new JsonOut(4_096).open();
    pages.write(
        out,
        "Tables",
        names,
        name -> {
          int space = name.indexOf(' ');
          administration
              .table(new TableName(name.substring(0, space), name.substring(space + 1)))
              .ifPresent(found -> TableJson.write(out, call.caller(), found));
        });
    return out.close();
  }

  private TableDetails existing(TableName name) {
    return administration
        .table(name)
        .orElseThrow(() ->
            new WireException(
                Fault.RESOURCE_NOT_FOUND, "The table " + name.table() + " does not exist."));
  }

  private static TableName name(WireCall call, JsonObject input) {
    TableName name = Constraints.tableName(input.text("DatabaseName"), input.text("TableName"));
    call.caller().mayUse(name.database(), call.operation());
    return name;
  }

  private static JsonOut answer(Caller caller, TableDetails details) {
    JsonOut out = new JsonOut(1_024).open().name("Table");
    TableJson.write(out, caller, details);
    return out.close();
  }
}
