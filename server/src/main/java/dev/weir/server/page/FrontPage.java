// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.page;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page at the root, and its figures as JSON. All in one file; nothing is loaded from elsewhere,
 * and the browser is told to run nothing but the style and the script that we put in.
 */
public final class FrontPage {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final Supplier<Overview> overview;
  private final Supplier<PageSettings> settings;
  private final String template = resource("page.html");
  private final String style = resource("page.css");
  private final String script = resource("page.js");
  private final Headers headers;

  public FrontPage(Supplier<Overview> overview, Supplier<PageSettings> settings) {
    this.overview = overview;
    this.settings = settings;
    this.headers =
        Headers.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Security-Policy",
            "default-src 'none'; style-src "
                + fingerprint(style)
                + "; script-src "
                + fingerprint(script)
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'",
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
            "Cache-Control",
            "no-store");
  }

  /** Answers with the page. */
  public Response page(Request request) {
    PageSettings now = settings.get();
    String base =
        (now.tls() ? "https://" : "http://") + request.headers().first("Host").orElse("localhost");
    return Response.bytes(
        200, headers, fill(template, places(now, base)).getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with the figures. */
  public Response json(Request request) {
    return Response.bytes(
        200,
        Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        overview.get().json().getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> places(PageSettings now, String base) {
    Overview figures = overview.get();
    Map<String, String> places = new LinkedHashMap<>();
    places.put("style", style);
    places.put("script", script);
    places.put("version", escaped(figures.version()));
    places.put("stateClass", figures.ready() ? "" : "bad");
    places.put("state", figures.ready() ? "Ready" : "Not ready: " + escaped(figures.message()));
    places.put("stored", whole(figures.samplesStored()));
    places.put("rate", whole(Math.round(figures.samplesPerSecond())));
    places.put("series", whole(figures.series()));
    places.put("seriesHidden", figures.series() == 0 ? " hidden" : "");
    places.put("size", bytes(figures.storeBytes()));
    places.put("requests", whole(figures.requests()));
    places.put("refused", whole(figures.samplesRejected()));
    places.put("uptime", time(Duration.ofMillis(figures.uptimeMillis())));
    places.put("yaml", escaped(PrometheusYaml.of(now, base)));
    places.put("doors", doors(now, base));
    places.put(
        "metricsLink",
        now.prometheus() ? "<a href=\"" + escaped(now.telemetryPath()) + "\">Metrics</a>" : "");
    return places;
  }

  private static String doors(PageSettings now, String base) {
    StringBuilder rows = new StringBuilder();
    for (OpenDoor door : now.doors()) {
      rows.append("<tr><th scope=\"row\">")
          .append(escaped(door.what()))
          .append("</th><td><code>")
          .append(escaped(door.method() + " " + base + door.path()))
          .append("</code></td><td class=\"quiet\">")
          .append(escaped(door.credentials()))
          .append("</td></tr>\n");
    }
    return rows.toString();
  }

  private static String fill(String template, Map<String, String> places) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> {
          String value = places.get(place.group(1));
          if (value == null) {
            throw new IllegalStateException("nothing for " + place.group());
          }
          return Matcher.quoteReplacement(value);
        });
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double left = bytes;
    int unit = 0;
    while (left >= 1024 && unit < units.length - 1) {
      left /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || left >= 100 ? "%.0f %s" : "%.1f %s", left, units[unit]);
  }

  private static String time(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
  }

  private static String fingerprint(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = FrontPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
