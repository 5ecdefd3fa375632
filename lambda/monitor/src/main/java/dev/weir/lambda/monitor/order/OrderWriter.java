// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.order;

import dev.weir.monitor.check.text.SiteWriter;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes orders as JSON. */
public final class OrderWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private OrderWriter() {}

  /** The same order is always the same text. */
  public static String write(CheckOrder order) {
    return write(order, order.slot().toString());
  }

  /**
   * The order with other words for its slot, which whoever sends it replaces: {@code
   * <aws.scheduler.scheduled-time>} in the input of a schedule.
   */
  public static String write(CheckOrder order, String slot) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      order.id().ifPresent(id -> json.writeStringProperty("id", id));
      json.writeStringProperty("slot", slot);
      json.writeStringProperty("region", order.region());
      json.writeArrayPropertyStart("sites");
      for (CheckOrder.Entry entry : order.entries()) {
        json.writeStartObject();
        entry.at().ifPresent(at -> json.writeStringProperty("at", at.toString()));
        json.writeName("site");
        json.writeRawValue(SiteWriter.write(entry.site()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }
}
