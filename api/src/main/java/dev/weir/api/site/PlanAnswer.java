// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.api.call.JsonAnswer;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteDifference;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.site.SitePlan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;

/** A plan as JSON, and its name: the same plan on the same versions has the same name. */
final class PlanAnswer {

  private PlanAnswer() {}

  static Response of(int status, SitePlan plan, boolean applied) {
    return JsonAnswer.of(
        status,
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("applied", applied);
          json.writeStringProperty("plan", name(plan));
          json.writeArrayPropertyStart("additions");
          plan.additions().forEach(addition -> addition(json, addition.site()));
          json.writeEndArray();
          json.writeArrayPropertyStart("changes");
          plan.changes().forEach(change -> change(json, change));
          json.writeEndArray();
          json.writeArrayPropertyStart("removals");
          for (SitePlan.Removal removal : plan.removals()) {
            json.writeStartObject();
            key(json, removal.key());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberProperty("unchanged", plan.unchanged().size());
          json.writeEndObject();
        });
  }

  /** Of what would be made, changed and taken away, and on which versions. */
  static String name(SitePlan plan) {
    MessageDigest digest = sha256();
    plan.additions().forEach(each -> digest.update(line("+", each.site(), 0)));
    plan.changes().forEach(each -> digest.update(line("~", each.site(), each.version())));
    plan.removals()
        .forEach(each ->
            digest.update("- %s %d\n".formatted(each.key(), each.version()).getBytes(UTF_8)));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  static void key(JsonGenerator json, SiteKey key) {
    json.writeStringProperty("id", key.id());
    json.writeStringProperty("customer", key.customer());
  }

  private static byte[] line(String sign, Site site, long version) {
    return "%s %d %s\n".formatted(sign, version, SiteWriter.write(site)).getBytes(UTF_8);
  }

  private static void addition(JsonGenerator json, Site site) {
    json.writeStartObject();
    key(json, site.key());
    json.writeStringProperty("endpoint", site.endpoint());
    json.writeEndObject();
  }

  private static void change(JsonGenerator json, SitePlan.Change change) {
    json.writeStartObject();
    key(json, change.site().key());
    json.writeArrayPropertyStart("differences");
    for (SiteDifference difference : change.differences()) {
      json.writeStartObject();
      json.writeStringProperty("field", difference.field());
      json.writeStringProperty("before", difference.before().orElse(null));
      json.writeStringProperty("after", difference.after().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
