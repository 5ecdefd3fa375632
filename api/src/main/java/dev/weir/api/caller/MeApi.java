// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.caller;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.monitor.site.SiteBook;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code /api/v1/me}: who calls, and what for. Thread-safe. */
public final class MeApi {

  /** Where it is. */
  public static final String PATH = "/api/v1/me";

  /** Customers that are named; who sees more of them finds them by their sites. */
  static final int CUSTOMERS_MAX = 1_000;

  private final Authentication authentication;
  private final String version;
  private final SiteBook book;

  /**
   * Tells callers of themselves.
   *
   * @param version of this Weir
   * @param book whose customers are named to those who see all
   */
  public MeApi(Authentication authentication, String version, SiteBook book) {
    this.authentication = authentication;
    this.version = version;
    this.book = book;
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(new Operation("GET", PATH, Role.VIEWER, this::me));
  }

  private Response me(ApiCall call) {
    call.query();
    Caller caller = call.caller();
    List<String> customers = customers(caller);
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("name", caller.name());
          json.writeStringProperty("auth", authentication.spelling());
          json.writeObjectPropertyStart("roles");
          new TreeMap<>(caller.roles())
              .forEach((customer, role) -> json.writeStringProperty(customer, role.spelling()));
          json.writeEndObject();
          json.writeArrayPropertyStart("customers");
          customers.forEach(json::writeString);
          json.writeEndArray();
          json.writeStringProperty("version", version);
          json.writeStringProperty("token", caller.token().orElse(null));
          json.writeEndObject();
        });
  }

  /** Those of the roles and, for who sees all, those that have sites. */
  private List<String> customers(Caller caller) {
    TreeSet<String> names = new TreeSet<>(caller.roles().keySet());
    names.remove(Caller.EVERY_CUSTOMER);
    if (caller.hasEverywhere(Role.VIEWER)) {
      names.addAll(book.customers(CUSTOMERS_MAX));
    }
    return names.stream().limit(CUSTOMERS_MAX).toList();
  }
}
