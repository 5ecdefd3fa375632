// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What an answer says of an error.
 *
 * @param type the exception's name; empty where the answer names none
 * @param message may be empty
 */
record WireError(String type, String message) {

  /** Enough for whatever Timestream says, and for a line in a log. */
  static final int MESSAGE_CHARS_MAX = 2_000;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads an answer.
   *
   * @param header the value of {@code x-amzn-ErrorType}, which goes first
   * @return empty where the body is no JSON object: such an answer is none of Timestream's
   */
  static Optional<WireError> of(Optional<String> header, byte[] body) {
    if (!isObject(body)) {
      return Optional.empty();
    }
    String type = header.orElse("");
    String message = "";
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        boolean text = json.nextToken() == JsonToken.VALUE_STRING;
        if (text && name.equals("__type") && type.isEmpty()) {
          type = json.getString();
        } else if (text && name.equalsIgnoreCase("message")) {
          message = json.getString();
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return Optional.of(
        new WireError(
            name(type), message.substring(0, Math.min(message.length(), MESSAGE_CHARS_MAX))));
  }

  /** Without what Amazon puts around it: {@code com.amazonaws.x#Name}, {@code Name:http://...}. */
  private static String name(String type) {
    int colon = type.indexOf(':');
    String before = colon < 0 ? type : type.substring(0, colon);
    return before.substring(before.indexOf('#') + 1).strip();
  }

  static boolean isObject(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{';
      }
    }
    return false;
  }
}
