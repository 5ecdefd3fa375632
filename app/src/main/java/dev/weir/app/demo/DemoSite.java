// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import dev.weir.monitor.probe.ErrorClass;
import java.time.Duration;
import java.util.List;

/**
 * A demonstration site.
 *
 * @param id its name in paths and records
 * @param listener what answers at its port
 * @param path below its address
 * @param more fields of its definition beside the common ones, as YAML on one line each
 */
record DemoSite(
    String id,
    String name,
    String group,
    Listener listener,
    String path,
    Behaviour behaviour,
    List<String> more) {

  /** What answers. */
  enum Listener {
    HTTP("http"),
    /** With a certificate for localhost that ends in two hundred days. */
    HTTPS("https"),
    /** With one that ends in nine days. */
    ENDING("https"),
    /** With one that ended two weeks ago. */
    EXPIRED("https"),
    /** With one for another name. */
    FOREIGN("https"),
    /** A mail server's greeting. */
    MAIL("tcp"),
    /** Nothing at all. */
    NOBODY("tcp");

    private final String scheme;

    Listener(String scheme) {
      this.scheme = scheme;
    }

    String scheme() {
      return scheme;
    }

    boolean encrypted() {
      return scheme.equals("https");
    }
  }

  private static final String SHOP = "Shop";
  private static final String OFFICE = "Office";
  private static final String FAULTS = "One of each fault";

  /** All of them. */
  static List<DemoSite> all() {
    return List.of(
        of("shop", "Shop front", SHOP, Listener.HTTPS, "/", Behaviour.steady(45)),
        of(
            "checkout",
            "Checkout API",
            SHOP,
            Listener.HTTP,
            "/api/health",
            Behaviour.steady(18),
            "expect: {json: [{path: $.status, value: ok}], latency: 800ms}"),
        of("search", "Search", SHOP, Listener.HTTP, "/search", Behaviour.steady(320)),
        of("images", "Image server", SHOP, Listener.HTTP, "/logo", Behaviour.steady(4)),
        of(
            "payments",
            "Payments, which come and go",
            SHOP,
            Listener.HTTPS,
            "/",
            Behaviour.flapping(
                Behaviour.steady(60),
                Duration.ofMinutes(9),
                Duration.ofMinutes(2),
                ErrorClass.STATUS)),
        of("moved", "Old shop address", SHOP, Listener.HTTP, "/moved/1", Behaviour.steady(8)),
        of("intranet", "Intranet", OFFICE, Listener.HTTPS, "/", Behaviour.steady(25)),
        of("mail", "Mail server", OFFICE, Listener.MAIL, "", Behaviour.steady(3)),
        of(
            "wiki",
            "Wiki, whose certificate ends soon",
            OFFICE,
            Listener.ENDING,
            "/",
            Behaviour.steady(70)),
        of(
            "reports",
            "Reports, under maintenance",
            OFFICE,
            Listener.HTTP,
            "/",
            Behaviour.broken(ErrorClass.STATUS),
            "maintenance: [{days: [mon, tue, wed, thu, fri, sat, sun], from: \"00:00\","
                + " length: 24h}]"),
        of(
            "archive",
            "Archive, paused",
            OFFICE,
            Listener.HTTP,
            "/",
            Behaviour.steady(30),
            "enabled: false"),
        of(
            "expired",
            "Expired certificate",
            FAULTS,
            Listener.EXPIRED,
            "/",
            Behaviour.broken(ErrorClass.TLS_EXPIRED)),
        of(
            "foreign",
            "Certificate of another name",
            FAULTS,
            Listener.FOREIGN,
            "/",
            Behaviour.broken(ErrorClass.TLS_HOSTNAME)),
        of(
            "refused",
            "Nobody listens",
            FAULTS,
            Listener.NOBODY,
            "",
            Behaviour.broken(ErrorClass.CONNECT_REFUSED)),
        of("error", "Answers 503", FAULTS, Listener.HTTP, "/", Behaviour.broken(ErrorClass.STATUS)),
        of(
            "words",
            "Wrong words on the page",
            FAULTS,
            Listener.HTTP,
            "/",
            Behaviour.broken(ErrorClass.BODY_MISMATCH),
            "expect: {contains: Welcome}"),
        of(
            "truncated",
            "Breaks off in the middle",
            FAULTS,
            Listener.HTTP,
            "/",
            Behaviour.broken(ErrorClass.TRUNCATED_BODY)),
        of(
            "silent",
            "Takes the request and says nothing",
            FAULTS,
            Listener.HTTP,
            "/",
            Behaviour.broken(ErrorClass.TIMEOUT)),
        of(
            "slow",
            "Slower than it should be",
            FAULTS,
            Listener.HTTP,
            "/",
            Behaviour.steady(650),
            "expect: {latency: 400ms}"));
  }

  private static DemoSite of(
      String id,
      String name,
      String group,
      Listener listener,
      String path,
      Behaviour behaviour,
      String... more) {
    return new DemoSite(id, name, group, listener, path, behaviour, List.of(more));
  }
}
