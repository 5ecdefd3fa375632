// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.console;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.Door;
import dev.weir.server.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The console as it was built: held in memory, some hundred kilobytes. Files below {@code /assets/}
 * have a fingerprint in their names and never change; the page itself is asked for anew each time.
 * Thread-safe.
 */
final class StaticFiles {

  private static final String FOLDER = "/dev/weir/console/";
  private static final String LIST = "files.txt";
  private static final String PAGE = "index.html";
  private static final String ASSETS = "assets/";

  /** Where the console finds its API. A console that is kept elsewhere has a file of its own. */
  private static final String PLACE = "config.json";

  private static final byte[] HERE =
      "{\"api\":\"\",\"issuer\":null}\n".getBytes(StandardCharsets.UTF_8);

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /**
   * One file.
   *
   * @param packed gzip of it, null where it was not worth while
   */
  private record Content(String type, byte[] bytes, byte @Nullable [] packed) {}

  private final Map<String, Content> files;

  private StaticFiles(Map<String, Content> files) {
    this.files = files;
  }

  /** What the console's artifact brought; nothing where it is not on the class path. */
  static StaticFiles ofClassPath() {
    Map<String, Content> files = new HashMap<>();
    byte @Nullable [] list = read(LIST);
    if (list != null) {
      for (String name : new String(list, StandardCharsets.UTF_8).lines().toList()) {
        byte @Nullable [] bytes = read(name);
        if (bytes == null) {
          throw new IllegalStateException("the console's file " + name + " is missing");
        }
        files.put(name, new Content(type(name), bytes, read(name + ".gz")));
      }
    }
    if (!files.isEmpty()) {
      files.putIfAbsent(PLACE, new Content(type(PLACE), HERE, null));
    }
    return new StaticFiles(files);
  }

  List<Route> routes() {
    if (files.isEmpty()) {
      return List.of(
          Route.get(
              Door.CONSOLE,
              "/",
              _ -> Response.text(404, "this Weir was built without its console")));
    }
    List<Route> routes = new ArrayList<>();
    files.forEach((name, content) -> {
      if (!name.startsWith(ASSETS)) {
        String path = name.equals(PAGE) ? "/" : "/" + name;
        routes.add(Route.get(Door.CONSOLE, path, request -> answer(request, name, content)));
      }
    });
    // One path in metrics and logs, whatever the build called its files.
    routes.addAll(Route.tree(Door.CONSOLE, "/assets", this::asset));
    return routes;
  }

  private Response asset(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Response.text(405, "this path takes GET, HEAD").with("Allow", "GET, HEAD");
    }
    String name = request.path().substring(1);
    Content content = files.get(name);
    return content == null
        ? Response.text(404, "the console has no such file; load the page anew")
        : answer(request, name, content);
  }

  private static Response answer(Request request, String name, Content content) {
    Headers headers =
        Headers.of(
            "Content-Type",
            content.type(),
            "Cache-Control",
            name.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache",
            "Content-Security-Policy",
            POLICY,
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Vary",
            "Accept-Encoding");
    byte[] packed = content.packed();
    if (packed != null && takesGzip(request)) {
      return Response.bytes(200, headers.with("Content-Encoding", "gzip"), packed);
    }
    return Response.bytes(200, headers, content.bytes());
  }

  private static boolean takesGzip(Request request) {
    return request.headers().all("Accept-Encoding").stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .map(String::strip)
        .anyMatch(coding -> coding.equals("gzip") || coding.startsWith("gzip;q=1"));
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "json" -> "application/json";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "woff2" -> "font/woff2";
      default -> "application/octet-stream";
    };
  }

  private static byte @Nullable [] read(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
