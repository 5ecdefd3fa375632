// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.MaintenanceWindow;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.TlsSettings;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a site as JSON that {@link SiteReader} reads as the same site. The same site is always the
 * same text: fields have a fixed order, and those that have their default are left out, but for the
 * few that say what the site is. Secrets stay the references that they were written as.
 */
public final class SiteWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private SiteWriter() {}

  /** One site, on one line. */
  public static String write(Site site) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      head(json, site);
      check(json, site.check());
      ExpectationWriter.write(json, site.expectations());
      incidents(json, site);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void head(JsonGenerator json, Site site) {
    json.writeStringProperty("id", site.key().id());
    json.writeStringProperty("customer", site.key().customer());
    if (!site.name().equals(site.key().id())) {
      json.writeStringProperty("name", site.name());
    }
    if (!site.group().isEmpty()) {
      json.writeStringProperty("group", site.group());
    }
    json.writeStringProperty("endpoint", site.endpoint());
    json.writeStringProperty("interval", Quantities.text(site.interval()));
    texts(json, "regions", site.regions());
    json.writeBooleanProperty("enabled", site.enabled());
    json.writeNumberProperty("requests", site.sampling().requests());
    json.writeStringProperty(
        "connections", Ordered.word(SiteFields.CONNECTIONS, site.sampling().connections()));
    timeouts(json, site.check().timeouts());
    Confirmation confirmation = site.confirmation();
    if (confirmation.spacing().equals(IncidentFields.spacing(confirmation.attempts()))) {
      json.writeNumberProperty("confirm", confirmation.attempts());
    } else {
      json.writeObjectPropertyStart("confirm");
      json.writeNumberProperty("attempts", confirmation.attempts());
      json.writeStringProperty("spacing", Quantities.text(confirmation.spacing()));
      json.writeEndObject();
    }
    if (site.check().family() != Check.AddressFamily.PREFER_IPV4) {
      json.writeStringProperty(
          "ip", Ordered.word(ConnectionFields.FAMILIES, site.check().family()));
    }
  }

  private static void timeouts(JsonGenerator json, Check.Timeouts timeouts) {
    Duration total = timeouts.total();
    json.writeStringProperty("timeout", Quantities.text(total));
    if (!timeouts.equals(Check.Timeouts.of(total))) {
      List<Duration> parts =
          List.of(
              timeouts.dns(),
              timeouts.connect(),
              timeouts.tls(),
              timeouts.waiting(),
              timeouts.body());
      json.writeObjectPropertyStart("timeouts");
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).equals(total)) {
          json.writeStringProperty(ConnectionFields.PARTS.get(i), Quantities.text(parts.get(i)));
        }
      }
      json.writeEndObject();
    }
  }

  private static void check(JsonGenerator json, Check check) {
    switch (check) {
      case Check.Http http -> http(json, http);
      case Check.Tcp tcp -> tcp(json, tcp);
      case Check.Tls tls -> tls(json, tls.tls(), false);
      case Check.Dns dns -> dns(json, dns);
    }
  }

  private static void http(JsonGenerator json, Check.Http http) {
    json.writeObjectPropertyStart("http");
    json.writeStringProperty("method", http.method());
    if (!http.headers().isEmpty()) {
      json.writeObjectPropertyStart("headers");
      Map<String, Secret> sorted = new TreeMap<>(http.headers());
      sorted.forEach((name, value) -> json.writeStringProperty(name, value.reference()));
      json.writeEndObject();
    }
    secret(json, "body", http.body());
    http.credentials().ifPresent(credentials -> credentials(json, credentials));
    if (!http.redirects().equals(Check.Redirects.TEN)) {
      json.writeNumberProperty("redirects", http.redirects().limit());
    }
    if (http.version() != Check.HttpVersion.AUTOMATIC) {
      json.writeStringProperty("version", Ordered.word(HttpFields.VERSIONS, http.version()));
    }
    if (http.bodyLimitBytes() != Check.Http.BODY_LIMIT_BYTES) {
      json.writeNumberProperty("body-limit", http.bodyLimitBytes());
    }
    json.writeEndObject();
    tls(json, http.tls(), false);
  }

  private static void credentials(JsonGenerator json, Credentials credentials) {
    switch (credentials) {
      case Credentials.Basic basic -> {
        json.writeObjectPropertyStart("basic");
        json.writeStringProperty("user", basic.user().reference());
        json.writeStringProperty("password", basic.password().reference());
        json.writeEndObject();
      }
      case Credentials.Bearer bearer ->
          json.writeStringProperty("bearer", bearer.token().reference());
    }
  }

  private static void tcp(JsonGenerator json, Check.Tcp tcp) {
    if (!tcp.steps().isEmpty()) {
      json.writeObjectPropertyStart("tcp");
      json.writeArrayPropertyStart("steps");
      for (Check.Tcp.Step step : tcp.steps()) {
        switch (step) {
          case Check.Tcp.Step.StartTls ignored -> json.writeString("starttls");
          case Check.Tcp.Step.Expect expect -> rule(json, "expect", expect.expression());
          case Check.Tcp.Step.Send send -> rule(json, "send", send.text().reference());
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    boolean upgraded = tcp.steps().stream().anyMatch(Check.Tcp.Step.StartTls.class::isInstance);
    tcp.tls().ifPresent(tls -> tls(json, tls, !upgraded));
  }

  private static void tls(JsonGenerator json, TlsSettings tls, boolean always) {
    if (!always && tls.equals(TlsSettings.SYSTEM)) {
      return;
    }
    json.writeObjectPropertyStart("tls");
    tls.serverName().ifPresent(name -> json.writeStringProperty("server-name", name));
    secret(json, "ca", tls.authority());
    secret(json, "certificate", tls.certificate());
    secret(json, "key", tls.key());
    if (tls.minimum() != TlsSettings.Version.TLS_1_2) {
      json.writeStringProperty("minimum", Ordered.word(ConnectionFields.VERSIONS, tls.minimum()));
    }
    if (!tls.verified()) {
      json.writeBooleanProperty("verify", false);
    }
    json.writeEndObject();
  }

  private static void dns(JsonGenerator json, Check.Dns dns) {
    json.writeObjectPropertyStart("dns");
    json.writeStringProperty("type", dns.type());
    dns.resolver().ifPresent(resolver -> json.writeStringProperty("resolver", resolver));
    if (dns.tcp()) {
      json.writeStringProperty("transport", "tcp");
    }
    json.writeEndObject();
  }

  private static void incidents(JsonGenerator json, Site site) {
    IncidentRules rules = site.incidents();
    json.writeObjectPropertyStart("incident");
    json.writeNumberProperty("failures", rules.failures());
    json.writeNumberProperty("successes", rules.successes());
    if (!rules.repeat().isZero()) {
      json.writeStringProperty("repeat", Quantities.text(rules.repeat()));
    }
    json.writeEndObject();
    if (rules.maintenance().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("maintenance");
    for (MaintenanceWindow window : rules.maintenance()) {
      json.writeStartObject();
      switch (window) {
        case MaintenanceWindow.Once once -> {
          json.writeStringProperty("start", once.start().toString());
          json.writeStringProperty("end", once.end().toString());
        }
        case MaintenanceWindow.Weekly weekly -> {
          texts(json, "days", weekly.days().stream().sorted().map(IncidentFields::word).toList());
          json.writeStringProperty("from", weekly.start().toString());
          json.writeStringProperty("length", Quantities.text(weekly.length()));
          json.writeStringProperty("zone", weekly.zone().getId());
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  static void rule(JsonGenerator json, String name, String text) {
    json.writeStartObject();
    json.writeStringProperty(name, text);
    json.writeEndObject();
  }

  private static void secret(JsonGenerator json, String name, Optional<Secret> secret) {
    secret.ifPresent(text -> json.writeStringProperty(name, text.reference()));
  }
}
