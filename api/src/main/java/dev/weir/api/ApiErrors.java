// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api;

import dev.weir.exchange.Response;
import dev.weir.monitor.check.text.SiteProblem;
import dev.weir.store.StoreException;
import java.util.List;
import java.util.Locale;

/**
 * Errors as {@code {"error":{"kind","message"}}}. The one place where a failure becomes a status: a
 * failure that may pass is a 5xx.
 */
final class ApiErrors {

  private static final String RETRY_SECONDS = "1";

  private ApiErrors() {}

  static Response of(StoreException failure) {
    return of(failure.kind(), String.valueOf(failure.getMessage()));
  }

  static Response of(StoreException.Kind kind, String message) {
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

  static Response badRequest(String message) {
    return of(StoreException.Kind.BAD_REQUEST, message);
  }

  static Response notFound(String message) {
    return of(StoreException.Kind.NOT_FOUND, message);
  }

  static Response tooLarge(String message) {
    return of(413, "too_large", message, List.of());
  }

  static Response wrongEncoding(String message) {
    return of(415, "encoding", message, List.of());
  }

  static Response wrongMethod(String allowed) {
    return of(405, "method", "this path takes " + allowed, List.of()).with("Allow", allowed);
  }

  /** Sites that can't be taken, each problem with its place. */
  static Response problems(List<SiteProblem> problems) {
    String message =
        "%s; nothing was changed"
            .formatted(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
    return of(400, "bad_request", message, problems);
  }

  private static Response of(int status, String kind, String message, List<SiteProblem> problems) {
    Response response =
        JsonBody.response(
            status,
            json -> {
              json.writeStartObject();
              json.writeObjectPropertyStart("error");
              json.writeStringProperty("kind", kind);
              json.writeStringProperty("message", message);
              if (!problems.isEmpty()) {
                json.writeArrayPropertyStart("problems");
                for (SiteProblem problem : problems) {
                  json.writeStartObject();
                  json.writeStringProperty("file", problem.file());
                  json.writeNumberProperty("line", problem.line());
                  json.writeStringProperty("site", problem.site());
                  json.writeStringProperty("field", problem.field());
                  json.writeStringProperty("reason", problem.reason());
                  json.writeEndObject();
                }
                json.writeEndArray();
              }
              json.writeEndObject();
              json.writeEndObject();
            });
    return status >= 500 ? response.with("Retry-After", RETRY_SECONDS) : response;
  }
}
