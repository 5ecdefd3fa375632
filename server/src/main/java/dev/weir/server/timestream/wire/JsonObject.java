// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a request. A member that is absent is null; one of another type is refused. */
public final class JsonObject {

  private final Map<String, Object> members;

  JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  public @Nullable String text(String name) {
    Object value = members.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrong(name, value, "a string");
  }

  public @Nullable Boolean bool(String name) {
    Object value = members.get(name);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw wrong(name, value, "a boolean");
  }

  public @Nullable Long integer(String name) {
    Object value = members.get(name);
    return switch (value) {
      case null -> null;
      case Integer number -> number.longValue();
      case Long number -> number;
      default -> throw wrong(name, value, "an integer of 64 bits");
    };
  }

  public @Nullable JsonObject object(String name) {
    Object value = members.get(name);
    if (value == null || value instanceof JsonObject) {
      return (JsonObject) value;
    }
    throw wrong(name, value, "an object");
  }

  /** A list of objects, or null. */
  public @Nullable List<JsonObject> objects(String name) {
    return list(name, JsonObject.class);
  }

  /** A list of strings, or null. */
  public @Nullable List<String> texts(String name) {
    return list(name, String.class);
  }

  private <T> @Nullable List<T> list(String name, Class<T> type) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof List<?> elements)) {
      throw wrong(name, value, "a list");
    }
    List<T> list = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (!type.isInstance(element)) {
        throw wrong(
            name, element, type == String.class ? "a list of strings" : "a list of objects");
      }
      list.add(type.cast(element));
    }
    return list;
  }

  private static WireException wrong(String name, Object value, String wanted) {
    String found =
        switch (value) {
          case String _ -> "a string";
          case Boolean _ -> "a boolean";
          case Integer _, Long _, BigInteger _ -> "an integer";
          case JsonObject _ -> "an object";
          case List<?> _ -> "a list";
          default -> "a number";
        };
    return WireException.unreadable("%s is %s; it must be %s".formatted(name, found, wanted));
  }
}
