// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufReader;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The client's side of remote write and remote read, for tests. */
public final class Remote {

  /** A series of an answer. */
  public record Series(Map<String, String> labels, List<Sample> samples) {}

  /** A sample with the raw bits of its value. */
  public record Sample(long epochMillis, long bits) {
    public static Sample of(long epochMillis, double value) {
      return new Sample(epochMillis, Double.doubleToRawLongBits(value));
    }
  }

  /** A matcher: 0 is equal, 1 not equal, 2 regex, 3 not regex. */
  public record Matcher(int type, String name, String value) {}

  private Remote() {}

  public static Request post(byte[] body, String... headers) {
    return new Request(
        "POST", "/write", "", Headers.of(headers), body.length, new ByteArrayInputStream(body));
  }

  public static Response send(Handler handler, byte[] body, String... headers) {
    return handler.handle(post(body, headers));
  }

  public static byte[] bytes(Response response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.body().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static String text(Response response) {
    return new String(bytes(response), StandardCharsets.UTF_8);
  }

  /** The body of a read request of one query. */
  public static byte[] read(long start, long end, Matcher... matchers) {
    ProtobufWriter writer = new ProtobufWriter(256);
    query(writer, start, end, matchers);
    return SnappyBlock.pack(writer.toByteArray());
  }

  /** Adds a query to a read request. */
  public static void query(ProtobufWriter writer, long start, long end, Matcher... matchers) {
    int query = writer.begin(1);
    writer.integer(1, start);
    writer.integer(2, end);
    for (Matcher matcher : matchers) {
      int begun = writer.begin(3);
      writer.integer(1, matcher.type());
      writer.string(2, matcher.name());
      writer.string(3, matcher.value());
      writer.end(begun);
    }
    writer.end(query);
  }

  /** The results of an answer of type SAMPLES. */
  public static List<List<Series>> results(Response response) {
    byte[] packed = bytes(response);
    try {
      byte[] body = new byte[(int) SnappyBlock.declaredLength(packed, packed.length)];
      SnappyBlock.unpack(packed, packed.length, body);
      List<List<Series>> results = new ArrayList<>();
      ProtobufReader reader = new ProtobufReader().reset(body, 0, body.length);
      while (reader.hasMore()) {
        reader.expect(reader.nextTag(), ProtobufReader.DELIMITED);
        int outer = reader.enter();
        List<Series> result = new ArrayList<>();
        while (reader.hasMore()) {
          reader.nextTag();
          int end = reader.enter();
          result.add(series(reader));
          reader.leave(end);
        }
        results.add(result);
        reader.leave(outer);
      }
      return results;
    } catch (MalformedBodyException e) {
      throw new AssertionError(e);
    }
  }

  private static Series series(ProtobufReader reader) throws MalformedBodyException {
    Map<String, String> labels = new LinkedHashMap<>();
    List<Sample> samples = new ArrayList<>();
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      int outer = reader.enter();
      if (tag >>> 3 == 1) {
        label(reader, labels);
      } else {
        samples.add(sample(reader));
      }
      reader.leave(outer);
    }
    return new Series(labels, samples);
  }

  static void label(ProtobufReader reader, Map<String, String> labels)
      throws MalformedBodyException {
    String name = "";
    String value = "";
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      if (tag >>> 3 == 1) {
        name = reader.string();
      } else {
        value = reader.string();
      }
    }
    labels.put(name, value);
  }

  private static Sample sample(ProtobufReader reader) throws MalformedBodyException {
    long time = 0;
    long bits = 0;
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      if (tag >>> 3 == 1) {
        bits = reader.fixed64();
      } else {
        time = reader.varint();
      }
    }
    return new Sample(time, bits);
  }
}
