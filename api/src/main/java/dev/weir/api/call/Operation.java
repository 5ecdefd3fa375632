// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import static java.util.Objects.requireNonNull;

import dev.weir.exchange.Response;

/**
 * Something that can be asked for.
 *
 * @param method upper case; GET brings HEAD with it
 * @param path with places in braces, each a whole segment: {@code /api/v1/sites/{customer}/{id}}.
 *     The place {@code customer} is whom the call is about: the caller needs the role there
 * @param role that the caller needs, for some customer where the path names none
 * @param answer answers calls that may be made
 */
public record Operation(String method, String path, Role role, Answer answer) {

  /** The place of a customer's name. */
  public static final String CUSTOMER = "customer";

  public Operation {
    requireNonNull(role, "role");
    requireNonNull(answer, "answer");
    if (!path.startsWith("/api/v1/")) {
      throw new IllegalArgumentException("path " + path + " is not below /api/v1/");
    }
  }

  /** Answers a call. Thread-safe; a {@code StoreException} becomes the problem that it is. */
  @FunctionalInterface
  public interface Answer {
    Response answer(ApiCall call);
  }
}
