// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The areas' descriptions joined to one OpenAPI 3.1 document. An area is a resource {@code
 * AREA.json} with {@code paths}, {@code schemas} and {@code responses}; {@code areas.txt} names
 * them all, one a line.
 */
final class OpenApiDocument {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String AREAS = "areas.txt";

  private static final String ABOUT =
      "What a running Weir is asked for by its console, by weir sites and by curl. Failures are"
          + " problems (RFC 9457). What belongs to a customer that the caller does not see is"
          + " answered as if it were not there. x-weir-role is the role that an operation needs:"
          + " for the customer of its path, or for some customer where the path names none, or for"
          + " all of them where x-weir-everywhere says so.";

  private OpenApiDocument() {}

  /** Names of the areas, in the order of the document. */
  static List<String> areas() {
    return new String(resource(AREAS), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .sorted()
        .toList();
  }

  /** The document as JSON. */
  static byte[] joined(String version) {
    List<byte[]> areas = areas().stream().map(area -> resource(area + ".json")).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringProperty("openapi", "3.1.0");
      json.writeObjectPropertyStart("info");
      json.writeStringProperty("title", "Weir");
      json.writeStringProperty("version", version);
      json.writeStringProperty("description", ABOUT);
      json.writeObjectPropertyStart("license");
      json.writeStringProperty("name", "Apache-2.0");
      json.writeStringProperty("identifier", "Apache-2.0");
      json.writeEndObject();
      json.writeEndObject();
      security(json);
      json.writeObjectPropertyStart("paths");
      paths(areas).forEach((path, methods) -> write(json, path, methods));
      json.writeEndObject();
      json.writeObjectPropertyStart("components");
      write(json, "schemas", members("schemas", areas));
      write(json, "responses", members("responses", areas));
      securitySchemes(json);
      json.writeEndObject();
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** A session, a password with each call, or neither where nobody signs in. */
  private static void security(JsonGenerator json) {
    json.writeArrayPropertyStart("security");
    for (String scheme : List.of("session", "password")) {
      json.writeStartObject();
      json.writeArrayPropertyStart(scheme);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeStartObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void securitySchemes(JsonGenerator json) {
    json.writeObjectPropertyStart("securitySchemes");
    json.writeObjectPropertyStart("session");
    json.writeStringProperty("type", "apiKey");
    json.writeStringProperty("in", "cookie");
    json.writeStringProperty("name", "weir_session");
    json.writeStringProperty(
        "description",
        "Made by POST /api/v1/session. Calls other than GET also need X-Weir-Token, which"
            + " /api/v1/me gives.");
    json.writeEndObject();
    json.writeObjectPropertyStart("password");
    json.writeStringProperty("type", "http");
    json.writeStringProperty("scheme", "basic");
    json.writeEndObject();
    json.writeEndObject();
  }

  /** All that the areas have under one name. */
  private static Map<String, String> members(String name, List<byte[]> areas) {
    Map<String, String> all = new TreeMap<>();
    for (byte[] area : areas) {
      eachMember(
          area,
          (member, value) -> {
            if (member.equals(name)) {
              eachMember(value, (own, description) -> put(all, own, description));
            }
          });
    }
    return all;
  }

  /** By path and method: two areas may describe different methods of one path. */
  private static Map<String, Map<String, String>> paths(List<byte[]> areas) {
    Map<String, Map<String, String>> paths = new TreeMap<>();
    for (byte[] area : areas) {
      eachMember(
          area,
          (member, value) -> {
            if (member.equals("paths")) {
              eachMember(
                  value,
                  (path, methods) -> {
                    Map<String, String> all = paths.computeIfAbsent(path, _ -> new TreeMap<>());
                    eachMember(methods, (method, description) -> put(all, method, description));
                  });
            }
          });
    }
    return paths;
  }

  private static void put(Map<String, String> all, String name, byte[] value) {
    if (all.put(name, new String(value, StandardCharsets.UTF_8)) != null) {
      throw new IllegalStateException("two areas describe " + name);
    }
  }

  /** Calls for each member of an object, with its value as JSON. */
  private static void eachMember(byte[] object, BiConsumer<String, byte[]> action) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        try (JsonGenerator copy =
            JSON.createGenerator(ObjectWriteContext.empty(), value, JsonEncoding.UTF8)) {
          copy.copyCurrentStructure(parser);
        }
        action.accept(name, value.toByteArray());
      }
    }
  }

  private static void write(JsonGenerator json, String name, Map<String, String> members) {
    json.writeObjectPropertyStart(name);
    members.forEach((member, value) -> {
      json.writeName(member);
      json.writeRawValue(value);
    });
    json.writeEndObject();
  }

  private static byte[] resource(String name) {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the description " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
