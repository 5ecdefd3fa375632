// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.console;

import dev.weir.api.Api;
import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.session.ConsoleAccess;
import dev.weir.server.session.UsersFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The routes of the console's door. */
public final class ConsoleRoutes {

  private final Api api;
  private final ConsoleAccess access;
  private final Origins origins;

  private ConsoleRoutes(Api api, ConsoleAccess access, Origins origins) {
    this.api = api;
    this.access = access;
    this.origins = origins;
  }

  /**
   * The console's files, and the API for whom the options let in.
   *
   * @throws dev.weir.server.web.ServerConfigException where the users file can't be used
   */
  public static List<Route> of(Api api, ServerOptions options, InstantSource clock) {
    Set<String> origins = options.console().origins();
    Optional<Path> users = options.console().users();
    ConsoleAccess access =
        users.isPresent() && options.doors().contains(Door.CONSOLE)
            ? ConsoleAccess.local(
                UsersFile.open(users.get(), clock), options.speaksTls(), !origins.isEmpty(), clock)
            : ConsoleAccess.open();
    return new ConsoleRoutes(api, access, new Origins(origins)).routes();
  }

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>(StaticFiles.ofClassPath().routes());
    for (String root : api.roots()) {
      routes.addAll(Route.tree(Door.CONSOLE, "/api/v1/" + root, headed(this::answer)));
    }
    routes.add(new Route(Door.CONSOLE, ConsoleAccess.PATH, Set.of(), headed(access::session)));
    return routes;
  }

  private Response answer(Request request) {
    return switch (access.admit(request)) {
      case ConsoleAccess.Admission.Admitted admitted ->
          api.handle(request, admitted.caller(), admitted.holds());
      case ConsoleAccess.Admission.Refused refused -> refused.answer();
    };
  }

  /** With what each answer of the API tells browsers: keep nothing, show it nowhere. */
  private Handler headed(Handler handler) {
    return request -> {
      Optional<Response> preflight = origins.preflight(request);
      Response answer = preflight.isPresent() ? preflight.get() : handler.handle(request);
      return origins.readable(
          request,
          answer
              .with("Cache-Control", "no-store")
              .with("Referrer-Policy", "no-referrer")
              .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));
    };
  }
}
