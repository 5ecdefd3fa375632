// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnappyBlockTest {

  @Test
  void unpacksWhatItPacked() throws MalformedBodyException {
    byte[] bytes = "a weir is built across a stream".repeat(100).getBytes(StandardCharsets.UTF_8);
    byte[] packed = SnappyBlock.pack(bytes);
    byte[] unpacked = new byte[bytes.length];

    assertThat(SnappyBlock.declaredLength(packed, packed.length)).isEqualTo(bytes.length);
    assertThat(SnappyBlock.unpack(packed, packed.length, unpacked)).isEqualTo(bytes.length);
    assertThat(unpacked).isEqualTo(bytes);
  }

  @Test
  void readsTheDeclaredLengthOfABombWithoutItsBody() throws MalformedBodyException {
    byte[] prefix = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    assertThat(SnappyBlock.declaredLength(prefix, 5)).isEqualTo(0xFFFF_FFFFL);
  }

  @Test
  void refusesALengthOfMoreThan32Bits() {
    byte[] prefix = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x1F};
    assertThatThrownBy(() -> SnappyBlock.declaredLength(prefix, 5))
        .isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void refusesALengthThatIsCutOff() {
    assertThatThrownBy(() -> SnappyBlock.declaredLength(new byte[0], 0))
        .isInstanceOf(MalformedBodyException.class);
    assertThatThrownBy(() -> SnappyBlock.declaredLength(new byte[] {(byte) 0x80}, 1))
        .isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void refusesABlockThatHoldsLessOrMoreThanItDeclares() {
    byte[] packed = SnappyBlock.pack(new byte[1_000]);
    byte[] less = packed.clone();
    less[0] = (byte) 0xE7;
    byte[] more = packed.clone();
    more[0] = (byte) 0xE9;

    for (byte[] lie : new byte[][] {less, more}) {
      assertThatThrownBy(() -> SnappyBlock.unpack(lie, lie.length, new byte[2_000]))
          .isInstanceOf(MalformedBodyException.class);
    }
  }

  @Test
  void neverWritesBehindWhatIsDeclaredWhateverTheBytes() {
    Random random = new Random(5);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      random.nextBytes(bytes);
      bytes[0] = (byte) random.nextInt(100);
      byte[] into = new byte[101];
      into[100] = 42;
      try {
        SnappyBlock.unpack(bytes, bytes.length, into);
      } catch (MalformedBodyException expected) {
        assertThat(expected).hasMessageContaining("snappy");
      }
      assertThat(into[100]).isEqualTo((byte) 42);
    }
  }

  @Test
  void joinsPiecesThatWerePackedApart() throws MalformedBodyException, IOException {
    SnappyPieces pieces = new SnappyPieces();
    ProtobufWriter expected = new ProtobufWriter(64);
    ProtobufWriter late = new ProtobufWriter(16);
    late.varint(300);
    pieces.pending().varint(1);
    int gap = pieces.gap();
    byte[] text = "the same text, packed apart".repeat(3_000).getBytes(StandardCharsets.UTF_8);
    pieces.pending().raw(text, 0, text.length);
    pieces.packIfLong();
    pieces.pending().raw(text, 0, text.length);
    pieces.fill(gap, late);
    expected.varint(1);
    expected.varint(300);
    expected.raw(text, 0, text.length);
    expected.raw(text, 0, text.length);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.writeTo(out);

    byte[] packed = out.toByteArray();
    byte[] unpacked = new byte[(int) SnappyBlock.declaredLength(packed, packed.length)];
    SnappyBlock.unpack(packed, packed.length, unpacked);
    assertThat(unpacked).isEqualTo(expected.toByteArray());
    assertThat(pieces.packedLength()).isLessThan(text.length / 4);
  }
}
