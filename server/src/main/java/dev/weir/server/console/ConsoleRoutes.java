// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.console;

import dev.weir.api.Api;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.Door;
import dev.weir.server.Route;
import java.util.ArrayList;
import java.util.List;

/** The routes of the console's door. */
public final class ConsoleRoutes {

  private ConsoleRoutes() {}

  /** The console's files, and the API for whom the access lets in. */
  public static List<Route> of(Api api, ConsoleAccess access) {
    List<Route> routes = new ArrayList<>(StaticFiles.ofClassPath().routes());
    for (String root : api.roots()) {
      routes.addAll(
          Route.tree(Door.CONSOLE, "/api/v1/" + root, request -> answer(api, access, request)));
    }
    return routes;
  }

  private static Response answer(Api api, ConsoleAccess access, Request request) {
    return switch (access.admit(request)) {
      case ConsoleAccess.Admission.Admitted admitted -> api.handle(request, admitted.caller());
      case ConsoleAccess.Admission.Refused refused -> refused.answer();
    };
  }
}
