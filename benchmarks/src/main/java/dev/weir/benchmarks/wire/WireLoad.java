// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.wire;

import dev.weir.benchmarks.load.ServerProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes calls of 100 records from 16 connections, then reads a large result page by page. */
public final class WireLoad {

  private static final int CONNECTIONS = 16;
  private static final int RECORDS = 100;
  private static final Pattern NEXT_TOKEN = Pattern.compile("\"NextToken\":\"([^\"]*)\"");

  /** Stands in a body for the time of the call, which has as many digits. */
  private static final String TIME = "\"1000000000000\"";

  private WireLoad() {}

  /** Arguments: a work folder that is new, and how many calls each connection makes. */
  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[0]);
    int calls = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000;
    Files.createDirectories(work);
    try (ServerProcess server = ServerProcess.weir(Path.of("./weir"), work)) {
      try (WireConnection connection = new WireConnection(server.address())) {
        connection.call("CreateDatabase", "{\"DatabaseName\":\"bench\"}");
        connection.call(
            "CreateTable",
            "{\"DatabaseName\":\"bench\",\"TableName\":\"single\",\"RetentionProperties\":"
                + "{\"MemoryStoreRetentionPeriodInHours\":24,"
                + "\"MagneticStoreRetentionPeriodInDays\":7}}");
      }
      write("warm-up", server, 0, calls / 4);
      write("single measures", server, calls / 4, calls);
      read(server);
      print("peak resident memory %,d MB", server.peakResidentBytes() >> 20);
    }
  }

  private static void write(String name, ServerProcess server, int from, int calls)
      throws Exception {
    double cpuBefore = server.cpuSeconds();
    double ownBefore = ownCpuSeconds();
    long base = System.currentTimeMillis() - 10_000_000;
    long start = System.nanoTime();
    long[] nanos = new long[CONNECTIONS * calls];
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int number = 0; number < CONNECTIONS; number++) {
        int connection = number;
        running.add(
            threads.submit(() -> {
              writeOne(server, connection, base + from * 100L, calls, nanos);
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long records = (long) CONNECTIONS * calls * RECORDS;
    Arrays.sort(nanos);
    print(
        "%-16s %,d records in %.1f s = %,.0f records/s; calls p50 %.1f ms, p99 %.1f ms;"
            + " CPU a record: server %.1f µs, client %.1f µs",
        name,
        records,
        seconds,
        records / seconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        (server.cpuSeconds() - cpuBefore) * 1e6 / records,
        (ownCpuSeconds() - ownBefore) * 1e6 / records);
  }

  private static void writeOne(
      ServerProcess server, int number, long baseMillis, int calls, long[] nanos)
      throws IOException {
    try (WireConnection connection = new WireConnection(server.address())) {
      byte[] request = connection.request("WriteRecords", body(number));
      int at = new String(request, StandardCharsets.ISO_8859_1).indexOf(TIME) + 1;
      for (int call = 0; call < calls; call++) {
        byte[] time = Long.toString(baseMillis + call * 100L).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(time, 0, request, at, time.length);
        long start = System.nanoTime();
        int status = connection.send(request);
        nanos[number * calls + call] = System.nanoTime() - start;
        if (status != 200) {
          throw new IOException("WriteRecords was answered " + status + connection.answer());
        }
      }
    }
  }

  /** A hundred records of ten hosts, ten measures each; region, zone and time are common. */
  private static byte[] body(int connection) {
    StringBuilder json = new StringBuilder();
    json.append("{\"DatabaseName\":\"bench\",\"TableName\":\"single\",\"CommonAttributes\":{");
    json.append("\"Dimensions\":[{\"Name\":\"region\",\"Value\":\"eu-central-1\"},");
    json.append("{\"Name\":\"zone\",\"Value\":\"eu-central-1a\"}],");
    json.append("\"MeasureValueType\":\"DOUBLE\",\"Time\":").append(TIME).append("},");
    json.append("\"Records\":[");
    for (int i = 0; i < RECORDS; i++) {
      json.append(i == 0 ? "" : ",");
      json.append("{\"Dimensions\":[{\"Name\":\"host\",\"Value\":\"host-");
      json.append(connection * 10 + i / 10).append(".example.org\"}],");
      json.append("\"MeasureName\":\"metric_").append(i % 10).append("\",");
      json.append("\"MeasureValue\":\"").append(i * 1.25 + connection).append("\"}");
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void read(ServerProcess server) throws IOException {
    String query = "{\"QueryString\":\"SELECT * FROM bench.single ORDER BY time\"%s}";
    try (WireConnection connection = new WireConnection(server.address())) {
      long start = System.nanoTime();
      String page = connection.call("Query", query.formatted(""));
      double first = (System.nanoTime() - start) / 1e6;
      long bytes = page.length();
      int pages = 1;
      long rows = rows(page);
      for (Matcher token = NEXT_TOKEN.matcher(page); token.find(); ) {
        page =
            connection.call("Query", query.formatted(",\"NextToken\":\"" + token.group(1) + "\""));
        bytes += page.length();
        rows += rows(page);
        pages++;
        token = NEXT_TOKEN.matcher(page);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      print(
          "paged to the end %,d rows, %,d pages, %,d bytes in %.1f s = %,.0f rows/s; first %.0f ms",
          rows, pages, bytes, seconds, rows / seconds, first);
    }
  }

  private static long rows(String page) {
    long rows = 0;
    for (int at = page.indexOf("\"Data\":"); at >= 0; at = page.indexOf("\"Data\":", at + 7)) {
      rows++;
    }
    return rows;
  }

  private static double ownCpuSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
