// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.exchange.Response;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufReader;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.wire.XorChunkDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** The client's side of a streamed answer, for tests; checks what a client may rely on. */
final class Streams {

  /** A frame as it came. */
  record Frame(int size, int query, Remote.Series series, List<Integer> chunkSizes) {}

  private Streams() {}

  /** The same request, asking for STREAMED_XOR_CHUNKS first. */
  static byte[] streamed(byte[] request) {
    try {
      byte[] body = new byte[(int) SnappyBlock.declaredLength(request, request.length)];
      SnappyBlock.unpack(request, request.length, body);
      ProtobufWriter writer = new ProtobufWriter(body.length + 8);
      writer.raw(body, 0, body.length);
      writer.bytes(2, new byte[] {1, 0});
      return SnappyBlock.pack(writer.toByteArray());
    } catch (MalformedBodyException e) {
      throw new AssertionError(e);
    }
  }

  static List<Frame> frames(Response answer) {
    byte[] bytes = Remote.bytes(answer);
    List<Frame> frames = new ArrayList<>();
    try {
      ProtobufReader reader = new ProtobufReader().reset(bytes, 0, bytes.length);
      while (reader.hasMore()) {
        int length = (int) reader.varint();
        int at = reader.position() + 4;
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        long sum = 0;
        for (int i = at - 4; i < at; i++) {
          sum = sum << 8 | bytes[i] & 0xFF;
        }
        if (crc.getValue() != sum) {
          throw new AssertionError("bad sum of the frame at byte " + at);
        }
        frames.add(frame(Arrays.copyOfRange(bytes, at, at + length)));
        reader.seek(at + length);
      }
    } catch (MalformedBodyException e) {
      throw new AssertionError(e);
    }
    return frames;
  }

  /** The series of one query, with the frames of a long series joined. */
  static List<Remote.Series> series(List<Frame> frames, int query) {
    List<Remote.Series> joined = new ArrayList<>();
    for (Frame frame : frames) {
      if (frame.query() != query) {
        continue;
      }
      if (!joined.isEmpty() && joined.getLast().labels().equals(frame.series().labels())) {
        joined.getLast().samples().addAll(frame.series().samples());
      } else {
        joined.add(frame.series());
      }
    }
    return joined;
  }

  static void assertFramesAreSmall(List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.size() > 1 << 20) {
        throw new AssertionError("a frame of " + frame.size() + " bytes");
      }
    }
  }

  private static Frame frame(byte[] message) throws MalformedBodyException {
    ProtobufReader reader = new ProtobufReader().reset(message, 0, message.length);
    Map<String, String> labels = new LinkedHashMap<>();
    List<Remote.Sample> samples = new ArrayList<>();
    List<Integer> chunkSizes = new ArrayList<>();
    int query = 0;
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      if (tag >>> 3 == 2) {
        query = (int) reader.varint();
        continue;
      }
      int outer = reader.enter();
      while (reader.hasMore()) {
        int field = reader.nextTag() >>> 3;
        int end = reader.enter();
        if (field == 1) {
          reader.nextTag();
          String name = reader.string();
          reader.nextTag();
          labels.put(name, reader.string());
        } else {
          chunkSizes.add(chunk(message, reader, samples));
        }
        reader.leave(end);
      }
      reader.leave(outer);
    }
    return new Frame(message.length, query, new Remote.Series(labels, samples), chunkSizes);
  }

  private static int chunk(byte[] message, ProtobufReader reader, List<Remote.Sample> into)
      throws MalformedBodyException {
    long from = 0;
    long to = 0;
    List<XorChunkDecoder.Sample> samples = List.of();
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 1 -> from = reader.varint();
        case 2 -> to = reader.varint();
        case 4 -> {
          int length = reader.length();
          int at = reader.position();
          samples = XorChunkDecoder.decode(Arrays.copyOfRange(message, at, at + length));
          reader.seek(at + length);
        }
        default -> reader.skip(tag);
      }
    }
    if (samples.getFirst().epochMillis() != from || samples.getLast().epochMillis() != to) {
      throw new AssertionError("a chunk lies about its times");
    }
    samples.forEach(sample -> into.add(new Remote.Sample(sample.epochMillis(), sample.bits())));
    return samples.size();
  }
}
