// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class AnswerOutlineTest {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String ODD = "\"\\{}[]:,\n\u0000 aü€\uD83D\uDE00";

  @Test
  void findsTheEndsOfStringsWhereverTheirBytesAre() {
    for (int before = 0; before < 20; before++) {
      for (int after = 0; after < 20; after++) {
        for (String odd : new String[] {"", "\\\"", "\\\\", "\\\\\\\"", "\\u0022", "!#[]"}) {
          String token = "a".repeat(before) + odd + "b".repeat(after);
          byte[] body =
              ("{\"NextToken\":\"" + token + "\",\"Rows\":[]}").getBytes(StandardCharsets.UTF_8);
          AnswerOutline outline = AnswerOutline.of(body);
          assertThat(part(outline.body(), outline.nextToken())).isEqualTo("\"" + token + "\"");
          assertThat(part(outline.body(), outline.rows())).isEqualTo("[]");
        }
      }
    }
  }

  @Test
  void findsTheMembersAmongAnythingElse() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
        json.writeStartObject();
        anything(json, random, "Before", 0);
        json.writeStringProperty("NextToken", "token " + round);
        anything(json, random, "Between", 0);
        json.writeStringProperty("QueryId", "id" + round);
        anything(json, random, "Behind", 0);
        json.writeEndObject();
      }
      AnswerOutline outline = AnswerOutline.of(text.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(PageReader.nextToken(outline)).as("%s", text).isEqualTo("token " + round);
      assertThat(PageReader.queryId(outline)).as("%s", text).isEqualTo("id" + round);
    }
  }

  private static void anything(JsonGenerator json, Random random, String name, int depth) {
    json.writeName(name);
    value(json, random, depth);
  }

  private static void value(JsonGenerator json, Random random, int depth) {
    switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> json.writeNull();
      case 1 -> json.writeNumber(random.nextGaussian());
      case 2 -> json.writeBoolean(random.nextBoolean());
      case 3 -> json.writeString(text(random));
      case 4 -> {
        json.writeStartArray();
        for (int i = random.nextInt(4); i > 0; i--) {
          value(json, random, depth + 1);
        }
        json.writeEndArray();
      }
      default -> {
        json.writeStartObject();
        for (int i = random.nextInt(4); i > 0; i--) {
          // Inside of something else, NextToken is not the answer's.
          anything(json, random, i == 1 ? "NextToken" : text(random) + i, depth + 1);
        }
        json.writeEndObject();
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.appendCodePoint(ODD.codePointAt(random.nextInt(ODD.length() - 1)));
    }
    return text.toString();
  }

  @Test
  void saysSoWhereverAnAnswerBreaksOff() {
    String whole =
        "{\"QueryId\":\"a\\\"b\",\"Rows\":[{\"Data\":[{\"ScalarValue\":\"1234567890\"}]}]}";
    for (int length = 0; length < whole.length(); length++) {
      byte[] part = whole.substring(0, length).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> AnswerOutline.of(part))
          .as("%d bytes", length)
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "Timestream's answer can't be read: it ends after %d bytes".formatted(length));
    }
    assertThat(AnswerOutline.of(whole.getBytes(StandardCharsets.UTF_8)).rows()).isNotNull();
  }

  private static String part(byte[] body, AnswerOutline.@Nullable Part part) {
    AnswerOutline.Part found = requireNonNull(part);
    return new String(body, found.from(), found.length(), StandardCharsets.UTF_8);
  }
}
