// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Records of a DynamoDB stream as the event that Lambda makes of them, attributes with types. */
final class StreamRecords {

  private static final JsonMapper JSON = new JsonMapper();

  private StreamRecords() {}

  static String event(List<Record> records, String region, String streamArn) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode all = event.putArray("Records");
    for (Record record : records) {
      ObjectNode one = all.addObject();
      one.put("eventID", record.eventID());
      one.put("eventName", record.eventNameAsString());
      one.put("eventVersion", "1.1");
      one.put("eventSource", "aws:dynamodb");
      one.put("awsRegion", region);
      one.put("eventSourceARN", streamArn);
      StreamRecord change = record.dynamodb();
      ObjectNode dynamodb = one.putObject("dynamodb");
      dynamodb.put(
          "ApproximateCreationDateTime",
          change.approximateCreationDateTime().toEpochMilli() / 1_000.0);
      put(dynamodb, "Keys", change.keys());
      if (change.hasNewImage()) {
        put(dynamodb, "NewImage", change.newImage());
      }
      if (change.hasOldImage()) {
        put(dynamodb, "OldImage", change.oldImage());
      }
      dynamodb.put("SequenceNumber", change.sequenceNumber());
      dynamodb.put("SizeBytes", change.sizeBytes());
      dynamodb.put("StreamViewType", change.streamViewTypeAsString());
    }
    return event.toString();
  }

  private static void put(ObjectNode into, String name, Map<String, AttributeValue> attributes) {
    ObjectNode map = into.putObject(name);
    attributes.forEach((key, value) -> map.set(key, typed(value)));
  }

  private static ObjectNode typed(AttributeValue value) {
    ObjectNode typed = JSON.createObjectNode();
    switch (value.type()) {
      case S -> typed.put("S", value.s());
      case N -> typed.put("N", value.n());
      case B -> typed.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
      case BOOL -> typed.put("BOOL", value.bool());
      case NUL -> typed.put("NULL", true);
      case SS -> value.ss().forEach(typed.putArray("SS")::add);
      case NS -> value.ns().forEach(typed.putArray("NS")::add);
      case L -> {
        ArrayNode list = typed.putArray("L");
        value.l().forEach(each -> list.add(typed(each)));
      }
      case M -> put(typed, "M", value.m());
      default -> throw new IllegalArgumentException("no test writes " + value);
    }
    return typed;
  }
}
