// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import dev.weir.store.timestream.call.Answer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what WriteRecords answers (AWS API reference, "WriteRecords"). */
final class WriteAnswers {

  private static final JsonFactory JSON = new JsonFactory();

  private WriteAnswers() {}

  /** A record that was not stored, by its index in the call. */
  record Rejected(int recordIndex, String reason, @Nullable Long existingVersion) {}

  /** How many records went to the magnetic store; 0 where the answer does not say. */
  static int magnetic(byte[] body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean ingested = json.currentName().equals("RecordsIngested");
        if (json.nextToken() == JsonToken.START_OBJECT && ingested) {
          while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean magnetic = json.currentName().equals("MagneticStore");
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && magnetic) {
              return json.getIntValue();
            }
            json.skipChildren();
          }
        }
        json.skipChildren();
      }
    } catch (JacksonException e) {
      // The records are stored; how many of them are old is a number for people.
    }
    return 0;
  }

  /**
   * The rejected records, each once.
   *
   * @param records how many the call has
   * @return empty where the answer does not say which they are
   */
  static List<Rejected> rejected(Answer.Refused refused, int records) {
    List<Rejected> rejected = new ArrayList<>();
    BitSet named = new BitSet();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), refused.body())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean list = json.currentName().equals("RejectedRecords");
        if (json.nextToken() == JsonToken.START_ARRAY && list) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            Rejected one = one(json, refused.message());
            if (one.recordIndex() < 0 || one.recordIndex() >= records) {
              return List.of();
            }
            if (!named.get(one.recordIndex())) {
              named.set(one.recordIndex());
              rejected.add(one);
            }
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return List.of();
    }
    return rejected;
  }

  private static Rejected one(JsonParser json, String message) {
    int index = -1;
    String reason = message;
    Long version = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT && name.equals("RecordIndex")) {
        index = json.getIntValue();
      } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("ExistingVersion")) {
        version = json.getLongValue();
      } else if (value == JsonToken.VALUE_STRING && name.equals("Reason")) {
        reason = json.getString();
      } else {
        json.skipChildren();
      }
    }
    return new Rejected(index, reason, version);
  }
}
