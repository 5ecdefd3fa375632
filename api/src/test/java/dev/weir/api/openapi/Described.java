// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operation as the document has it. */
record Described(String id, String method, String path, JsonNode node) {

  /** The whole document. */
  static final JsonNode DOCUMENT = JsonMapper.shared().readTree(OpenApiDocument.joined("test"));

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** All of them. */
  static List<Described> all() {
    List<Described> all = new ArrayList<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  if (METHODS.contains(method.getKey())) {
                    all.add(
                        new Described(
                            method.getValue().path("operationId").asString(""),
                            method.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            method.getValue()));
                  }
                }));
    return all;
  }

  static Described named(String id) {
    return all().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation is described as " + id));
  }

  /** viewer, editor, admin or none; empty where the description forgot it. */
  String role() {
    return node.path("x-weir-role").asString("");
  }

  /** Whether the role must be one for all customers. */
  boolean isEverywhere() {
    return node.path("x-weir-everywhere").asBoolean(false);
  }

  /** {@code GET /api/v1/me viewer}. */
  String line() {
    return method + " " + path + " " + role();
  }

  /** Follows a {@code $ref} of the document. */
  static JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode() ? node : DOCUMENT.at(reference.asString().substring(1));
  }
}
