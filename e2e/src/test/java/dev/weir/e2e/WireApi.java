// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The Timestream wire API by hand: JSON over plain HTTP, as it stands in the protocol. */
record WireApi(Web web) {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String TARGET = "Timestream_20181101.";

  /** Status and body of an answer; the body is an object whatever happens. */
  record Answer(int status, JsonNode body) {

    /** The name of the exception, without the namespace before it. */
    String type() {
      return body.path("__type").asString("").replaceFirst(".*#", "");
    }

    String message() {
      return body.path("Message").asString("");
    }
  }

  /** Sends one operation, whatever becomes of it. */
  Answer send(String operation, String json) {
    return send(operation, json.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String operation, byte[] body) {
    HttpResponse<byte[]> response =
        web.post(
            "/",
            body,
            "Content-Type",
            "application/x-amz-json-1.0",
            "X-Amz-Target",
            TARGET + operation);
    JsonNode answer = JSON.readTree(response.body());
    assertThat(answer.isObject()).as("%s", answer).isTrue();
    return new Answer(response.statusCode(), answer);
  }

  /** The body of an operation that must succeed. */
  JsonNode call(String operation, String json) {
    Answer answer = send(operation, json);
    assertThat(answer.status()).as("%s %s: %s", operation, json, answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** One page of a query. */
  JsonNode page(String sql, int maxRows, String nextToken) {
    ObjectNode request = JSON.createObjectNode().put("QueryString", sql);
    if (maxRows > 0) {
      request.put("MaxRows", maxRows);
    }
    if (nextToken != null) {
      request.put("NextToken", nextToken);
    }
    return call("Query", request.toString());
  }

  /** All rows of a query over all its pages, as they stand in {@code Rows}. */
  List<JsonNode> rows(String sql) {
    List<JsonNode> rows = new ArrayList<>();
    String token = null;
    do {
      JsonNode page = page(sql, 0, token);
      page.path("Rows").forEach(row -> rows.add(row.path("Data")));
      token = page.path("NextToken").asString(null);
    } while (token != null);
    return rows;
  }

  /** The scalars of all rows; NULL as the text null. */
  List<List<String>> scalars(String sql) {
    return rows(sql).stream().map(WireApi::scalars).toList();
  }

  private static List<String> scalars(JsonNode data) {
    List<String> cells = new ArrayList<>();
    for (JsonNode datum : data) {
      cells.add(
          datum.path("NullValue").asBoolean(false)
              ? "null"
              : datum.path("ScalarValue").asString("(no scalar)"));
    }
    return cells;
  }

  /** Makes a database and a table in it, with the defaults of CreateTable. */
  void createTable(String database, String table) {
    call("CreateDatabase", "{\"DatabaseName\":\"%s\"}".formatted(database));
    call(
        "CreateTable", "{\"DatabaseName\":\"%s\",\"TableName\":\"%s\"}".formatted(database, table));
  }
}
