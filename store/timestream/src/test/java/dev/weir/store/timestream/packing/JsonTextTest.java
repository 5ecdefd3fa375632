// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonTextTest {

  private static final JsonFactory JSON = new JsonFactory();

  private static String parsed(JsonText text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text.toBytes())) {
      parser.nextToken();
      String string = parser.getString();
      assertThat(parser.nextToken()).isNull();
      return string;
    }
  }

  private static String throughJson(String string) {
    JsonText text = new JsonText(1);
    text.quoted(string);
    return parsed(text);
  }

  private static String ofDouble(double value) {
    JsonText text = new JsonText(1);
    text.quotedDouble(value);
    return parsed(text);
  }

  @Test
  void writesEveryCharacterSoThatAParserReadsIt() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        continue;
      }
      String string = "a" + Character.toString(codePoint);
      JsonText text = new JsonText(8);
      text.quoted(string);
      if (codePoint % 97 == 0 || codePoint < 0x300) {
        assertThat(parsed(text)).isEqualTo(string);
      }
      assertThat(JsonText.utf8Bytes(string))
          .as("U+%04X", codePoint)
          .isEqualTo(string.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\"",
        "\\",
        "\\\"\\",
        "/",
        "\u0000\b\t\n\f\r\u001f\u007f",
        "ü\u07ff\u0800\uffff",
        "\uD83D\uDE80 and \uDBFF\uDFFF",
        "\u2028\u2029"
      })
  void writesAwkwardTexts(String string) {
    assertThat(throughJson(string)).isEqualTo(string);
  }

  @Test
  void replacesHalvesOfSurrogatePairs() {
    assertThat(throughJson("a\uD83Db\uDE80")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(JsonText.isWellFormed("a\uD83D")).isFalse();
    assertThat(JsonText.isWellFormed("\uDE80\uD83D")).isFalse();
    assertThat(JsonText.isWellFormed("\uD83D\uDE80")).isTrue();
  }

  @Test
  void growsAsItIsWritten() {
    JsonText text = new JsonText(1);
    text.quoted("ü".repeat(100_000));

    assertThat(parsed(text)).isEqualTo("ü".repeat(100_000));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        1,
        -1,
        0.1,
        1e300,
        -1e300,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        9007199254740991.0,
        9007199254740992.0,
        9007199254740994.0,
        -9007199254740992.0,
        1e7,
        1e18,
        9.223372036854776E18,
        2.2250738585072011e-308,
        1.0000000000000002
      })
  void writesDoublesThatAreReadBackBitForBit(double value) {
    String text = ofDouble(value);

    assertThat(Double.doubleToRawLongBits(Double.parseDouble(text)))
        .as(text)
        .isEqualTo(Double.doubleToRawLongBits(value));
  }

  @Test
  void writesRandomDoublesThatAreReadBackBitForBit() {
    Random random = new Random(11);
    for (int i = 0; i < 100_000; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      double whole = random.nextLong() >> random.nextInt(64);
      for (double value : new double[] {Double.isFinite(any) ? any : i, whole}) {
        assertThat(Double.doubleToRawLongBits(Double.parseDouble(ofDouble(value))))
            .isEqualTo(Double.doubleToRawLongBits(value));
      }
    }
  }

  @Test
  void writesWholeDoublesWithoutAnExponent() {
    assertThat(ofDouble(270553174016.0)).isEqualTo("270553174016.0");
    assertThat(ofDouble(-5)).isEqualTo("-5.0");
    assertThat(ofDouble(-0.0)).isEqualTo("-0.0");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        9,
        10,
        -10,
        99,
        100,
        999_999_999_999_999_999L,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        1_000_000_000_000_000_000L,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -1
      })
  void writesIntegers(long value) {
    JsonText text = new JsonText(1);
    text.quotedLong(value);

    assertThat(parsed(text)).isEqualTo(Long.toString(value));
  }
}
