// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a comparison is asked for, as JSON: {@code {}} or {@code {"dryRun":true}}.
 *
 * @param dryRun whether what differs is only told
 */
record ReconcileOrder(boolean dryRun) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException for anything else, so that a mistyped {@code dryRun} mends
   *     nothing
   */
  public static ReconcileOrder read(byte[] event) {
    boolean dryRun = false;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a reconcile run takes {} or {\"dryRun\": true}");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (!name.equals("dryRun")
            || (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE)) {
          throw new IllegalArgumentException(
              "a reconcile run takes {} or {\"dryRun\": true}, not a field %s of %s"
                  .formatted(name, value));
        }
        dryRun = value == JsonToken.VALUE_TRUE;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the order of a reconcile run is no JSON: " + e.getOriginalMessage(), e);
    }
    return new ReconcileOrder(dryRun);
  }
}
