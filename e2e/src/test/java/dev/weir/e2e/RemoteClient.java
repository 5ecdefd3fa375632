// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/** Remote write and remote read of the protocol, over HTTP, with nothing of Weir's own code. */
final class RemoteClient {
  private static final String[] WRITE_HEADERS = {
    "Content-Type", "application/x-protobuf",
    "Content-Encoding", "snappy",
    "X-Prometheus-Remote-Write-Version", "0.1.0"
  };

  private final Web web;

  RemoteClient(Web web) {
    this.web = web;
  }

  HttpResponse<byte[]> write(byte[] body) {
    return web.post("/api/v1/write", body, WRITE_HEADERS);
  }

  HttpResponse<byte[]> read(byte[] body) {
    return web.post("/api/v1/read", body, WRITE_HEADERS);
  }

  /** Takes every sample of one metric: by label set, the values by time in milliseconds. */
  interface SampleTaker {
    void take(Map<String, String> labels, long timeMillis, double value);
  }

  /** Reads a metric whole, as samples. */
  void readAll(String metric, long startMillis, long endMillis, SampleTaker taker) {
    WireWriter query =
        new WireWriter()
            .varint(1, startMillis)
            .varint(2, endMillis)
            .message(3, new WireWriter().varint(1, 0).text(2, "__name__").text(3, metric));
    HttpResponse<byte[]> response = read(new WireWriter().message(1, query).compressed());
    assertThat(response.statusCode())
        .as(() -> new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    fields(uncompress(response.body()), (field, result) -> results(result, taker));
  }

  private static void results(Field result, SampleTaker taker) {
    fields(
        result.bytes(),
        (field, series) -> {
          Map<String, String> labels = new TreeMap<>();
          fields(
              series.bytes(),
              (number, part) -> {
                if (number == 1) {
                  addLabel(labels, part.bytes());
                } else if (number == 2) {
                  sample(labels, part.bytes(), taker);
                }
              });
        });
  }

  private static void addLabel(Map<String, String> labels, ByteBuffer label) {
    String[] parts = {"", ""};
    fields(
        label,
        (number, text) ->
            parts[number - 1] = StandardCharsets.UTF_8.decode(text.bytes()).toString());
    labels.put(parts[0], parts[1]);
  }

  private static void sample(Map<String, String> labels, ByteBuffer sample, SampleTaker taker) {
    double[] value = {0};
    long[] time = {0};
    fields(
        sample,
        (number, part) -> {
          if (number == 1) {
            value[0] = Double.longBitsToDouble(part.number());
          } else {
            time[0] = part.number();
          }
        });
    taker.take(labels, time[0], value[0]);
  }

  /** One field of a message: its number and bits, or its bytes. */
  private record Field(long number, ByteBuffer bytes) {}

  private interface FieldTaker {
    void take(int number, Field field);
  }

  private static void fields(ByteBuffer message, FieldTaker taker) {
    while (message.hasRemaining()) {
      long tag = varint(message);
      Field field =
          switch ((int) (tag & 7)) {
            case 0 -> new Field(varint(message), ByteBuffer.allocate(0));
            case 1 -> new Field(message.getLong(), ByteBuffer.allocate(0));
            case 2 -> {
              int length = (int) varint(message);
              ByteBuffer part =
                  message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
              message.position(message.position() + length);
              yield new Field(0, part);
            }
            default -> throw new IllegalStateException("wire type " + (tag & 7));
          };
      taker.take((int) (tag >>> 3), field);
    }
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = message.get();
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }

  private static ByteBuffer uncompress(byte[] body) {
    try {
      return ByteBuffer.wrap(Snappy.uncompress(body)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
