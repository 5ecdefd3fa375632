// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
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

  /**
   * How many records of a call that was done went to the magnetic store.
   *
   * @throws StoreException {@code UNAVAILABLE} where the answer does not say that records were
   *     ingested: then something else than Timestream gave it, and what it did with them nobody
   *     knows
   */
  static int magnetic(byte[] body) {
    int total = 0;
    int magnetic = 0;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_OBJECT && name.equals("RecordsIngested")) {
          while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String count = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
              json.skipChildren();
            } else if (count.equals("Total")) {
              total = json.getIntValue();
            } else if (count.equals("MagneticStore")) {
              magnetic = json.getIntValue();
            }
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw unclear(e);
    }
    if (total < 1) {
      throw unclear(null);
    }
    return magnetic;
  }

  private static StoreException unclear(@Nullable Throwable cause) {
    return new StoreException(
        Kind.UNAVAILABLE,
        "WriteRecords was answered 200 without a count of records ingested, which is no answer of"
            + " Timestream's; is there a proxy in between?",
        cause);
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
