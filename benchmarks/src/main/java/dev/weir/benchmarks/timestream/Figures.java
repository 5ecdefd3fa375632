// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What was counted since the start or the last reset. Thread-safe. */
final class Figures {

  final LongAdder connections = new LongAdder();
  final LongAdder brokenConnections = new LongAdder();
  final LongAdder writeCalls = new LongAdder();
  final LongAdder records = new LongAdder();
  final LongAdder writeBytes = new LongAdder();
  final LongAdder checkedCalls = new LongAdder();
  final LongAdder checkedRecords = new LongAdder();
  final LongAdder billedKib = new LongAdder();
  final LongAdder plainKib = new LongAdder();
  final LongAdder statements = new LongAdder();
  final LongAdder pages = new LongAdder();
  final LongAdder pageBytes = new LongAdder();
  final LongAdder rows = new LongAdder();
  final LongAdder points = new LongAdder();
  final LongAdder faults = new LongAdder();
  private final AtomicReference<@Nullable String> firstFault = new AtomicReference<>();
  private final Map<String, LongAdder> callers = new ConcurrentHashMap<>();

  void fault(String text) {
    faults.increment();
    firstFault.compareAndSet(null, text);
  }

  /** Counts calls by access key; the signature itself is not verified. */
  void caller(String authorization) {
    int start = authorization.indexOf("Credential=") + "Credential=".length();
    int end = authorization.indexOf('/', start);
    String key = end < 0 ? "none" : authorization.substring(start, end);
    callers.computeIfAbsent(key, _ -> new LongAdder()).increment();
  }

  /** All begin anew but the connections, which stay. */
  void reset() {
    numbers().values().stream().filter(number -> number != connections).forEach(LongAdder::reset);
    firstFault.set(null);
    callers.clear();
  }

  private Map<String, LongAdder> numbers() {
    Map<String, LongAdder> numbers = new TreeMap<>();
    numbers.put("connections", connections);
    numbers.put("broken_connections", brokenConnections);
    numbers.put("write_calls", writeCalls);
    numbers.put("records", records);
    numbers.put("write_bytes", writeBytes);
    numbers.put("checked_calls", checkedCalls);
    numbers.put("checked_records", checkedRecords);
    numbers.put("billed_kib", billedKib);
    numbers.put("plain_kib", plainKib);
    numbers.put("statements", statements);
    numbers.put("pages", pages);
    numbers.put("page_bytes", pageBytes);
    numbers.put("rows", rows);
    numbers.put("points", points);
    numbers.put("faults", faults);
    return numbers;
  }

  /** A flat object of whole numbers, the first fault and the calls of each access key. */
  String json() {
    StringBuilder json = new StringBuilder("{");
    numbers().forEach((name, value) -> number(json, name, value.sum()));
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    number(json, "cpu_millis", system.getProcessCpuTime() / 1_000_000);
    String fault = firstFault.get();
    json.append("\"first_fault\":").append(fault == null ? "null" : quoted(fault));
    json.append(",\"callers\":{");
    String separator = "";
    for (Map.Entry<String, LongAdder> caller : new TreeMap<>(callers).entrySet()) {
      json.append(separator).append(quoted(caller.getKey())).append(':');
      json.append(caller.getValue().sum());
      separator = ",";
    }
    return json.append("}}").toString();
  }

  private static void number(StringBuilder json, String name, long value) {
    json.append('"').append(name).append("\":").append(value).append(',');
  }

  private static String quoted(String text) {
    String plain = text.length() > 300 ? text.substring(0, 300) + "…" : text;
    return '"'
        + plain.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
        + '"';
  }
}
