// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import dev.weir.api.call.Problem;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A name and a password, as somebody signs in with them. */
record SignInForm(String user, String password) {

  /** Bytes of a body; names and passwords are short. */
  static final int BODY_BYTES_MAX = 4 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  /** A form, or the answer to what is none. */
  sealed interface Reading {
    record Read(SignInForm form) implements Reading {}

    record Refused(Response answer) implements Reading {}
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "SignInForm[user=" + user + "]";
  }

  static Reading of(Request request) {
    // A form of a foreign page can't send this type without asking first.
    String type = request.headers().first("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!type.toLowerCase(Locale.ROOT).equals("application/json")) {
      return refused(
          Problem.ofStatus(
              415, "name and password come as application/json, not '" + shown(type) + "'"));
    }
    // Before any of it came: room for the rest is not held for who has not signed in.
    if (request.contentLength() > BODY_BYTES_MAX) {
      return refused(tooLarge());
    }
    byte[] body;
    try {
      body = request.body().readNBytes(BODY_BYTES_MAX + 1);
    } catch (IOException _) {
      return refused(Problem.badRequest("the body could not be read"));
    }
    if (body.length > BODY_BYTES_MAX) {
      return refused(tooLarge());
    }
    return read(body)
        .<Reading>map(Reading.Read::new)
        .orElseGet(() ->
            refused(Problem.badRequest("this is not {\"user\": \"…\", \"password\": \"…\"}")));
  }

  private static Optional<SignInForm> read(byte[] body) {
    String user = null;
    String password = null;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        String value = text(json);
        if (name.equals("user") && user == null && value != null) {
          user = value;
        } else if (name.equals("password") && password == null && value != null) {
          password = value;
        } else {
          return Optional.empty();
        }
      }
      return json.nextToken() != null || user == null || password == null
          ? Optional.empty()
          : Optional.of(new SignInForm(user, password));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static @Nullable String text(JsonParser json) {
    return json.nextToken() == JsonToken.VALUE_STRING ? json.getString() : null;
  }

  private static Response tooLarge() {
    return Problem.tooLarge("name and password have at most %d bytes".formatted(BODY_BYTES_MAX));
  }

  private static Reading refused(Response answer) {
    return new Reading.Refused(answer);
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
