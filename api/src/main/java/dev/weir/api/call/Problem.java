// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import dev.weir.exchange.Response;
import dev.weir.monitor.check.text.SiteProblem;
import dev.weir.store.StoreException;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * Errors as {@code application/problem+json} (RFC 9457) with {@code status}, {@code title}, {@code
 * detail} and our own {@code kind}. The one place where a failure becomes a status: a failure that
 * may pass is a 5xx.
 */
public final class Problem {

  private static final String MEDIA_TYPE = "application/problem+json";

  private static final String RETRY_SECONDS = "1";

  private Problem() {}

  public static Response of(StoreException failure) {
    return of(failure.kind(), String.valueOf(failure.getMessage()));
  }

  public static Response of(StoreException.Kind kind, String message) {
    int status =
        switch (kind) {
          case BAD_REQUEST -> 400;
          case DENIED -> 403;
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case INTERNAL -> 500;
          case QUOTA, WRONG_ENDPOINT, THROTTLED, TIMED_OUT, CANCELLED, UNAVAILABLE -> 503;
        };
    return of(status, kind.name().toLowerCase(Locale.ROOT), message, List.of());
  }

  public static Response badRequest(String message) {
    return of(StoreException.Kind.BAD_REQUEST, message);
  }

  public static Response notFound(String message) {
    return of(StoreException.Kind.NOT_FOUND, message);
  }

  public static Response tooLarge(String message) {
    return of(413, "too_large", message, List.of());
  }

  public static Response wrongEncoding(String message) {
    return of(415, "encoding", message, List.of());
  }

  /** Another has changed it since the caller looked. */
  public static Response changedMeanwhile(String message) {
    return of(412, "changed_meanwhile", message, List.of());
  }

  /** Ended because the caller wanted so: nothing to repeat. */
  public static Response cancelled(String message) {
    return of(409, "cancelled", message, List.of());
  }

  public static Response notSignedIn(String message) {
    return of(401, "not_signed_in", message, List.of());
  }

  /** A call by a session's cookie without the session's token: another page may have sent it. */
  public static Response wrongToken(String message) {
    return of(403, "token", message, List.of());
  }

  /** What a server refuses by itself, before any operation. */
  public static Response ofStatus(int status, String message) {
    String kind =
        switch (status) {
          case 400 -> "bad_request";
          case 403 -> "denied";
          case 405 -> "method";
          case 413 -> "too_large";
          case 415 -> "encoding";
          case 503 -> "unavailable";
          default -> "internal";
        };
    return of(status, kind, message, List.of());
  }

  /** Guesses are slowed down. */
  public static Response tooManyAttempts(String message, long seconds) {
    return of(429, "too_many_attempts", message, List.of())
        .with("Retry-After", Long.toString(seconds));
  }

  public static Response wrongMethod(String allowed) {
    return of(405, "method", "this path takes " + allowed, List.of()).with("Allow", allowed);
  }

  /** Sites that can't be taken, each problem with its place. */
  public static Response problems(List<SiteProblem> problems) {
    String message =
        "%s; nothing was changed"
            .formatted(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
    return of(400, "bad_request", message, problems);
  }

  private static Response of(int status, String kind, String detail, List<SiteProblem> problems) {
    Response response =
        JsonAnswer.of(
            status,
            MEDIA_TYPE,
            json -> {
              json.writeStartObject();
              json.writeNumberProperty("status", status);
              json.writeStringProperty("title", title(status));
              json.writeStringProperty("kind", kind);
              json.writeStringProperty("detail", detail);
              if (!problems.isEmpty()) {
                json.writeArrayPropertyStart("problems");
                problems.forEach(problem -> write(json, problem));
                json.writeEndArray();
              }
              json.writeEndObject();
            });
    return status >= 500 ? response.with("Retry-After", RETRY_SECONDS) : response;
  }

  private static void write(JsonGenerator json, SiteProblem problem) {
    json.writeStartObject();
    json.writeStringProperty("file", problem.file());
    json.writeNumberProperty("line", problem.line());
    json.writeStringProperty("site", problem.site());
    json.writeStringProperty("field", problem.field());
    json.writeStringProperty("reason", problem.reason());
    json.writeEndObject();
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Not signed in";
      case 403 -> "Denied";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Conflict";
      case 412 -> "Changed meanwhile";
      case 413 -> "Too large";
      case 415 -> "Unsupported encoding";
      case 429 -> "Too many attempts";
      case 503 -> "Not available now";
      default -> "Internal error";
    };
  }
}
