// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProtobufReaderTest {

  @Test
  void readsWhatTheWriterWrote() throws MalformedBodyException {
    ProtobufWriter writer = new ProtobufWriter(1);
    writer.integer(1, -7);
    writer.doubleBits(2, 0x7FF0_0000_0000_0002L);
    int nested = writer.begin(3);
    writer.string(1, "größe".repeat(40));
    writer.end(nested);
    writer.integer(4, 0);
    ProtobufReader reader = reader(writer.toByteArray());

    assertThat(reader.nextTag()).isEqualTo(ProtobufReader.tag(1, ProtobufReader.VARINT));
    assertThat(reader.varint()).isEqualTo(-7);
    assertThat(reader.nextTag()).isEqualTo(ProtobufReader.tag(2, ProtobufReader.FIXED64));
    assertThat(reader.fixed64()).isEqualTo(0x7FF0_0000_0000_0002L);
    reader.nextTag();
    int outer = reader.enter();
    reader.nextTag();
    assertThat(reader.string()).isEqualTo("größe".repeat(40));
    reader.leave(outer);
    assertThat(reader.hasMore()).isFalse();
  }

  @Test
  void skipsFieldsOfEveryWireType() throws MalformedBodyException {
    ProtobufReader reader = reader("089601" + "110102030405060708" + "1a03616263" + "2501020304");
    for (int field = 1; field <= 4; field++) {
      int tag = reader.nextTag();
      assertThat(tag >>> 3).isEqualTo(field);
      reader.skip(tag);
    }
    assertThat(reader.hasMore()).isFalse();
  }

  @Test
  void refusesIntegersThatAreCutOffOrTooLong() {
    refuses(() -> reader("80").varint(), "cut off");
    refuses(() -> reader("").varint(), "cut off");
    refuses(() -> reader("ffffffffffffffffff02").varint(), "64 bits");
    refuses(() -> reader("8080808080808080808001").varint(), "64 bits");
  }

  @Test
  void refusesTagsThatNoMessageHas() {
    refuses(() -> reader("00").nextTag(), "field number");
    refuses(() -> reader("02").nextTag(), "field number 0");
    refuses(() -> reader("808080808080808001").nextTag(), "field number");
    refuses(() -> reader("0b").nextTag(), "wire type 3");
    refuses(() -> reader("0c").nextTag(), "wire type 4");
    refuses(() -> reader("0e").nextTag(), "wire type 6");
    refuses(() -> reader("0f").nextTag(), "wire type 7");
  }

  @Test
  void refusesLengthsThatReachBeyondTheMessage() {
    refuses(() -> reader("0561").length(), "longer");
    refuses(() -> reader("ffffffffffffffffff01").length(), "longer");
    refuses(() -> reader("ffffffff0f").length(), "longer");
    refuses(() -> reader("80808080808020").length(), "longer");
  }

  @Test
  void refusesALengthThatReachesBeyondTheNestedMessage() throws MalformedBodyException {
    ProtobufReader reader = reader("0a020a05" + "6161616161");
    reader.nextTag();
    reader.enter();
    reader.nextTag();
    refuses(reader::length, "longer");
  }

  @Test
  void refusesValuesThatAreCutOff() {
    refuses(() -> reader("01020304050607").fixed64(), "cut off");
    refuses(() -> reader("010203").skip(ProtobufReader.tag(1, ProtobufReader.FIXED32)), "cut off");
    refuses(() -> reader("010203").skip(ProtobufReader.tag(1, ProtobufReader.FIXED64)), "cut off");
  }

  @Test
  void refusesAKnownFieldOfAnotherWireType() {
    refuses(() -> reader("").expect(8, ProtobufReader.DELIMITED), "wire type 0, not 2");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    refuses(() -> reader("02c328").string(), "UTF-8");
    refuses(() -> reader("03eda080").string(), "UTF-8");
  }

  @Test
  void namesTheOffset() {
    assertThatThrownBy(() -> reader("0102030405").reset(new byte[9], 7, 9).fixed64())
        .isInstanceOfSatisfying(
            MalformedBodyException.class, e -> assertThat(e.offset()).isEqualTo(7));
  }

  @Test
  void runsOverFieldsOfOneTagAndStopsBeforeAnyOther() throws MalformedBodyException {
    ProtobufReader reader = reader("0a0161" + "0a00" + "0a0262");
    reader.skipRun(0x0A);
    assertThat(reader.position()).isEqualTo(5);
    reader.reset("\n\1a\n\1b\22\0".getBytes(StandardCharsets.UTF_8), 0, 8);
    reader.skipRun(0x0A);
    assertThat(reader.nextTag()).isEqualTo(0x12);
  }

  private static ProtobufReader reader(String hex) {
    return reader(HexFormat.of().parseHex(hex));
  }

  private static ProtobufReader reader(byte[] bytes) {
    return new ProtobufReader().reset(bytes, 0, bytes.length);
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining(message);
  }
}
