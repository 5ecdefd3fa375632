// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.openapi;

import dev.weir.api.call.Operation;
import dev.weir.api.call.Role;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.util.List;

/** {@code /api/v1/openapi.json}: the API's description. Thread-safe. */
public final class OpenApiApi {

  /** Where it is. */
  public static final String PATH = "/api/v1/openapi.json";

  private final byte[] document;

  /**
   * Describes the API.
   *
   * @param version of this Weir
   */
  public OpenApiApi(String version) {
    this.document = OpenApiDocument.joined(version);
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(
        new Operation(
            "GET",
            PATH,
            Role.VIEWER,
            call -> {
              call.query();
              return Response.bytes(
                  200,
                  Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                  document);
            }));
  }
}
