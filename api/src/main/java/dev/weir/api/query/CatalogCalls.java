// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Problem;
import dev.weir.api.call.QueryParameters;
import dev.weir.api.call.QueryPlaces;
import dev.weir.exchange.Response;
import dev.weir.query.Scope;
import dev.weir.store.CatalogReader;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Tells what there is to ask about: databases, tables, columns, measures, labels. */
final class CatalogCalls {

  /** Measures of a page. */
  static final int MEASURES_MAX = 1_000;

  static final int MEASURES_STANDARD = 100;

  /** Characters of what is looked for in names: as many as a name may have. */
  static final int WANTED_CHARACTERS_MAX = 256;

  /** A page asks for several lists at once; each takes a moment. */
  private static final Duration PLACE_WAIT = Duration.ofSeconds(2);

  private final CatalogReader catalog;
  private final CallerScope scopes;

  private final QueryPlaces places;
  private final MeasureNames measures;
  private final LabelValues labels;

  CatalogCalls(
      CatalogReader catalog,
      CallerScope scopes,
      QueryPlaces places,
      MeasureNames measures,
      LabelValues labels) {
    this.catalog = catalog;
    this.scopes = scopes;
    this.places = places;
    this.measures = measures;
    this.labels = labels;
  }

  Response databases(ApiCall call) {
    call.query();
    Scope scope = scopes.of(call.caller());
    List<String> databases = catalog.databases().stream().filter(scope::includes).toList();
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("databases");
          for (String database : databases) {
            json.writeStartObject();
            json.writeStringProperty("name", database);
            texts(json, "tables", catalog.tables(database));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  Response columns(ApiCall call) {
    call.query();
    Optional<TableDescription> found = table(call);
    if (found.isEmpty()) {
      return noTable();
    }
    TableDescription table = found.get();
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("database", table.name().database());
          json.writeStringProperty("table", table.name().table());
          json.writeArrayPropertyStart("columns");
          for (TableDescription.ColumnDescription column : table.columns()) {
            json.writeStartObject();
            json.writeStringProperty("name", column.name());
            json.writeStringProperty("type", column.type().text());
            json.writeStringProperty("kind", kind(column.role()));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  Response measures(ApiCall call) {
    QueryParameters query = call.query("after", "limit", "q");
    int limit = query.whole("limit", MEASURES_STANDARD, 1, MEASURES_MAX);
    String wanted = query.text("q").orElse("");
    String after = query.text("after").orElse("");
    if (wanted.length() > WANTED_CHARACTERS_MAX || after.length() > WANTED_CHARACTERS_MAX) {
      throw QueryParameters.refusal(
          "q and after have at most %d characters".formatted(WANTED_CHARACTERS_MAX));
    }
    Optional<TableDescription> found = table(call);
    if (found.isEmpty()) {
      return noTable();
    }
    List<MeasureNames.Measure> page;
    try (QueryPlaces.Held _ = places.take(call.caller(), PLACE_WAIT)) {
      page = measures.page(found.get().name(), wanted, after, limit + 1);
    }
    boolean more = page.size() > limit;
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("items");
          for (MeasureNames.Measure measure : page.subList(0, Math.min(limit, page.size()))) {
            json.writeStartObject();
            json.writeStringProperty("name", measure.name());
            texts(json, "types", measure.types());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringProperty("next", more ? page.get(limit - 1).name() : null);
          json.writeEndObject();
        });
  }

  Response dimensions(ApiCall call) {
    QueryParameters query = call.query("measure");
    String measure =
        query
            .text("measure")
            .orElseThrow(() -> QueryParameters.refusal("measure is missing: whose labels?"));
    Optional<TableDescription> found = table(call);
    if (found.isEmpty()) {
      return noTable();
    }
    List<LabelValues.Label> all;
    try (QueryPlaces.Held _ = places.take(call.caller(), PLACE_WAIT)) {
      all = labels.of(found.get(), measure);
    }
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("items");
          for (LabelValues.Label label : all) {
            json.writeStartObject();
            json.writeStringProperty("name", label.name());
            texts(json, "values", label.values());
            json.writeBooleanProperty("more", label.more());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** The table of a path, unless it is missing or outside of the caller's scope. */
  private Optional<TableDescription> table(ApiCall call) {
    TableName name;
    try {
      name = new TableName(call.path("database"), call.path("table"));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    boolean there =
        scopes.of(call.caller()).includes(name.database())
            && catalog.databases().contains(name.database());
    return there ? catalog.describe(name) : Optional.empty();
  }

  private static String kind(TableDescription.ColumnRole role) {
    return switch (role) {
      case DIMENSION -> "dimension";
      case MEASURE_NAME -> "measure_name";
      case TIMESTAMP -> "time";
      case MEASURE_VALUE, MULTI -> "measure";
    };
  }

  private static Response noTable() {
    return Problem.notFound("there is no such table");
  }

  private static void texts(JsonGenerator json, String name, Iterable<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
