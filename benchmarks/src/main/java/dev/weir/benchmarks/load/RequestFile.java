// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.xerial.snappy.Snappy;

/**
 * Whole HTTP requests, head and compressed body, one after the other in a file: the kernel copies
 * them from the page cache to the socket, so sending costs hardly any CPU. Safe for threads.
 */
public final class RequestFile implements AutoCloseable {
  private final LoadShape shape;
  private final FileChannel channel;
  private final long[] endAt;

  private RequestFile(LoadShape shape, FileChannel channel, long[] endAt) {
    this.shape = shape;
    this.channel = channel;
    this.endAt = endAt;
  }

  /** Makes all requests, step by step; within a step the groups in order. */
  public static RequestFile make(LoadShape shape, Path file) throws IOException {
    return make(shape, file, "/api/v1/write", "");
  }

  /**
   * The same, sent elsewhere.
   *
   * @param headerLines more lines of each head, every one with its line feed
   */
  public static RequestFile make(LoadShape shape, Path file, String path, String headerLines)
      throws IOException {
    RequestTemplate[] templates = new RequestTemplate[shape.groups()];
    for (int group = 0; group < templates.length; group++) {
      templates[group] =
          RequestTemplate.of(group * LoadShape.SAMPLES_PER_REQUEST, LoadShape.SAMPLES_PER_REQUEST);
    }
    MadeValues values = new MadeValues(shape.series());
    int steps = shape.steps() + shape.liveSteps();
    long[] endAt = new long[steps * templates.length];
    long written = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int request = 0; request < endAt.length; request++) {
        int group = request % templates.length;
        fill(shape, templates[group], request / templates.length, group, values);
        byte[] body = Snappy.compress(templates[group].bytes());
        byte[] head = head(path, headerLines, body.length);
        out.write(head);
        out.write(body);
        written += head.length + body.length;
        endAt[request] = written;
      }
    }
    return new RequestFile(shape, FileChannel.open(file, StandardOpenOption.READ), endAt);
  }

  private static void fill(
      LoadShape shape, RequestTemplate template, int step, int group, MadeValues values) {
    long stepMillis = shape.baseMillis() + (long) step * LoadShape.STEP_MILLIS;
    for (int index = 0; index < LoadShape.SAMPLES_PER_REQUEST; index++) {
      int series = group * LoadShape.SAMPLES_PER_REQUEST + index;
      int target = series / LoadShape.SERIES_PER_TARGET;
      template.patch(index, values.next(series), stepMillis + LoadShape.offsetMillis(target));
    }
  }

  private static byte[] head(String path, String headerLines, int bodyBytes) {
    return """
    POST %s HTTP/1.1
    Host: 127.0.0.1
    User-Agent: weir-benchmarks
    Content-Type: application/x-protobuf
    Content-Encoding: snappy
    X-Prometheus-Remote-Write-Version: 0.1.0
    %sContent-Length: %d

    """
        .formatted(path, headerLines, bodyBytes)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The number of the request that carries this group in this step. */
  int request(int step, int group) {
    return step * shape.groups() + group;
  }

  FileChannel channel() {
    return channel;
  }

  long startOf(int request) {
    return request == 0 ? 0 : endAt[request - 1];
  }

  long endOf(int request) {
    return endAt[request];
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
