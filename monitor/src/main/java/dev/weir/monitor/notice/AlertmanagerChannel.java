// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secrets;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Posts incidents as alerts to a Prometheus Alertmanager ({@code POST /api/v2/alerts}). The alert
 * of one site and region has always the same labels. An open alert ends by itself {@link #LASTING}
 * after it was last told, so that it is told again in between.
 */
final class AlertmanagerChannel implements Channel {

  /** How long an alert lasts that nobody tells of any more. */
  static final Duration LASTING = REFRESH.multipliedBy(4);

  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final String url;
  private final Optional<Credentials> credentials;
  private final Secrets secrets;
  private final NoticeSender sender;
  private final InstantSource clock;

  /**
   * @param url of the Alertmanager, without the API's path
   */
  AlertmanagerChannel(
      String name,
      String url,
      Optional<Credentials> credentials,
      Secrets secrets,
      NoticeSender sender,
      InstantSource clock) {
    this.name = name;
    this.url = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/api/v2/alerts";
    this.credentials = credentials;
    this.secrets = secrets;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Delivery deliver(Notice notice) {
    return post(List.of(notice));
  }

  @Override
  public boolean forgets() {
    return true;
  }

  @Override
  public Delivery refresh(List<Notice> open) {
    return post(open);
  }

  private Delivery post(List<Notice> notices) {
    try {
      return sender.post(url, authorization(), alerts(notices));
    } catch (IllegalArgumentException e) {
      return new Delivery.Later(String.valueOf(e.getMessage())); // An operator can mend it.
    }
  }

  private Map<String, String> authorization() {
    return credentials
        .map(who ->
            Map.of(
                "Authorization",
                switch (who) {
                  case Credentials.Basic(var user, var password) ->
                      "Basic "
                          + Base64.getEncoder()
                              .encodeToString(
                                  (secrets.reveal(user) + ":" + secrets.reveal(password))
                                      .getBytes(UTF_8));
                  case Credentials.Bearer(var token) -> "Bearer " + secrets.reveal(token);
                }))
        .orElse(Map.of());
  }

  private String alerts(List<Notice> notices) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      notices.forEach(notice -> alert(json, notice));
      json.writeEndArray();
    }
    return text.toString();
  }

  private void alert(JsonGenerator json, Notice notice) {
    Incident incident = notice.incident();
    Instant end = incident.end() == null ? clock.instant().plus(LASTING) : incident.end();
    json.writeStartObject();
    json.writeObjectPropertyStart("labels");
    json.writeStringProperty("alertname", "WeirSiteDown");
    json.writeStringProperty("customer", incident.site().customer());
    json.writeStringProperty("site", incident.site().id());
    json.writeStringProperty("region", incident.region());
    json.writeEndObject();
    json.writeObjectPropertyStart("annotations");
    json.writeStringProperty("summary", incident.endpoint() + " is down");
    json.writeStringProperty("description", incident.cause().sentence());
    json.writeStringProperty("error_class", incident.cause().errorClass().spelling());
    json.writeEndObject();
    json.writeStringProperty("startsAt", incident.start().toString());
    json.writeStringProperty("endsAt", end.toString());
    json.writeEndObject();
  }
}
