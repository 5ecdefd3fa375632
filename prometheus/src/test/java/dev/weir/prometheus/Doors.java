// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Response;
import dev.weir.prometheus.read.ReadReport;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.prometheus.write.WriteListener;
import dev.weir.prometheus.write.WriteReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Both doors over one store in memory, and what their listeners heard. */
public final class Doors {

  public static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  /** A minute ago, in milliseconds. */
  public static final long T = START.toEpochMilli() - 60_000;

  public static final String V1 = "application/x-protobuf";
  public static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  public final MemoryStore store = new MemoryStore(START);
  public final List<WriteReport> writes = new ArrayList<>();
  public final List<String> warnings = new ArrayList<>();
  public final List<ReadReport> reads = new ArrayList<>();
  public Instant now = START;
  public final RemoteWrite receiver;
  public final Handler write;
  public final Handler read;

  public Doors() {
    this(RemoteWriteOptions.defaults(), RemoteReadOptions.defaults());
  }

  public Doors(RemoteWriteOptions writeOptions) {
    this(writeOptions, RemoteReadOptions.defaults());
  }

  public Doors(RemoteReadOptions readOptions) {
    this(RemoteWriteOptions.defaults(), readOptions);
  }

  private Doors(RemoteWriteOptions writeOptions, RemoteReadOptions readOptions) {
    WriteListener listener =
        new WriteListener() {
          @Override
          public void answered(WriteReport report) {
            writes.add(report);
          }

          @Override
          public void warned(String line) {
            warnings.add(line);
          }
        };
    receiver = new RemoteWrite(MemoryStore.TABLE, writeOptions, listener, () -> now);
    write = receiver.over(store);
    read = new RemoteRead(MemoryStore.TABLE, readOptions, reads::add, () -> now).over(store, store);
  }

  /** Sends a 1.0 request with the headers that Prometheus sends. */
  public Response write(WriteRequestEncoder request) {
    return write(request.body(), V1);
  }

  public Response write(byte[] body, String contentType) {
    return Remote.send(write, body, "Content-Type", contentType, "Content-Encoding", "snappy");
  }

  /** Reads one query as SAMPLES. */
  public List<Remote.Series> read(long start, long end, Remote.Matcher... matchers) {
    return Remote.results(Remote.send(read, Remote.read(start, end, matchers))).getFirst();
  }

  /** What the last request was reported as. */
  public WriteReport lastWrite() {
    return writes.getLast();
  }
}
