// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Events of a stream, as Lambda hands them over. */
final class Events {

  private final List<String> records = new ArrayList<>();

  static Map<String, AttributeValue> item(String text) {
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      return AttributeReader.item(json);
    }
  }

  /** An item of the original's kind, checked from these regions; more attributes go last. */
  static String item(String siteId, String rate, String regions, String more) {
    return "{\"SiteId\":{\"S\":\"%s\"},\"endpoint\":{\"S\":\"https://shop.example/\"},\"rate\":%s,\"latencyConstraint\":{\"N\":\"2\"},\"testString\":{\"S\":\"shop\"},\"regions\":{\"SS\":[%s]}%s}"
        .formatted(siteId, rate, regions, more);
  }

  /** Checked from the home region each so many minutes. */
  static String item(String siteId, int minutes) {
    return item(siteId, "{\"N\":\"" + minutes + "\"}", "\"" + Room.HOME + "\"", "");
  }

  /** Checked from the home region each so many seconds. */
  static String seconds(String siteId, int seconds) {
    return item(siteId, 1)
        .replace("\"rate\":{\"N\":\"1\"}", "\"interval\":{\"S\":\"" + seconds + "s\"}");
  }

  Events insert(String sequence, String siteId, String now) {
    return record(sequence, "INSERT", siteId, null, now);
  }

  Events modify(String sequence, String siteId, String old, String now) {
    return record(sequence, "MODIFY", siteId, old, now);
  }

  Events remove(String sequence, String siteId, String old) {
    return record(sequence, "REMOVE", siteId, old, null);
  }

  Events record(
      String sequence, String name, String siteId, @Nullable String old, @Nullable String now) {
    return raw(
        "{\"eventID\":\"%s\",\"eventName\":\"%s\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"eu-west-1\",\"dynamodb\":{\"ApproximateCreationDateTime\":1.7E9,\"Keys\":{\"SiteId\":{\"S\":\"%s\"}}%s%s,\"SequenceNumber\":\"%s\",\"SizeBytes\":99,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"},\"eventSourceARN\":\"arn:aws:dynamodb:x\"}"
            .formatted(
                sequence,
                name,
                siteId,
                now == null ? "" : ",\"NewImage\":" + now,
                old == null ? "" : ",\"OldImage\":" + old,
                sequence));
  }

  Events raw(String record) {
    records.add(record);
    return this;
  }

  StreamEvent event() {
    return StreamEvent.read(bytes());
  }

  byte[] bytes() {
    return ("{\"Records\":[" + String.join(",", records) + "]}").getBytes(UTF_8);
  }
}
