// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.lambda.monitor.order.OrderWriter;
import dev.weir.lambda.monitor.order.TestSites;
import dev.weir.lambda.monitor.queue.MessageQueue;
import dev.weir.lambda.monitor.queue.RecordingQueue;
import dev.weir.lambda.monitor.report.ReportText;
import dev.weir.lambda.monitor.report.SlotReport;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A check function's surroundings, to be changed before it is made. */
final class TestRooms {

  static final String REGION = "eu-west-1";

  final RecordingTracer spans = new RecordingTracer();
  final RecordingQueue results = new RecordingQueue();
  final Map<String, Long> counts = new ConcurrentHashMap<>();
  final List<Duration> pauses = new ArrayList<>();
  Prober prober =
      new SiteProber(
          Resolver.system(), Secret::reference, InstantSource.system(), length -> {}, "test");
  BooleanSupplier reachable = () -> true;
  InstantSource clock = InstantSource.system();
  int concurrency = 4;
  String policy = "127.0.0.1";

  CheckParts parts() {
    MessageQueue queue = results;
    return new CheckParts(
        prober,
        NetworkPolicies.parse(policy),
        reachable,
        queue,
        CheckTables.ORIGINAL,
        RecordLayout.CHECK,
        concurrency,
        clock,
        length -> {
          synchronized (pauses) {
            pauses.add(length);
          }
        },
        spans.tracer(),
        (name, count) -> counts.merge(name, count, Long::sum));
  }

  /** What was reported, by the site's id. */
  Map<String, SlotReport> reports() {
    Map<String, SlotReport> reports = new TreeMap<>();
    for (String body : results.bodies()) {
      SlotReport report = ReportText.read(body);
      reports.put(report.slot().site().key().id(), report);
    }
    return reports;
  }

  static Site site(String id, String endpoint) {
    return TestSites.of(
        "{\"id\":\"%s\",\"endpoint\":\"%s\",\"confirm\":1,\"requests\":1}".formatted(id, endpoint));
  }

  static String order(Instant slot, Site... sites) {
    return order(null, slot, sites);
  }

  static String order(@Nullable String id, Instant slot, Site... sites) {
    return OrderWriter.write(
        new CheckOrder(
            Optional.ofNullable(id),
            slot,
            REGION,
            Arrays.stream(sites).map(CheckOrder.Entry::new).toList()));
  }

  /** An event with a message for each of these, {@code m0} and on. */
  static String messages(String... bodies) {
    StringJoiner records = new StringJoiner(",", "{\"Records\":[", "]}");
    for (int i = 0; i < bodies.length; i++) {
      String quoted = bodies[i].replace("\\", "\\\\").replace("\"", "\\\"");
      records.add("{\"messageId\":\"m%d\",\"body\":\"%s\"}".formatted(i, quoted));
    }
    return records.toString();
  }

  static String failed(String... ids) {
    StringJoiner failures = new StringJoiner(",", "{\"batchItemFailures\":[", "]}");
    for (String id : ids) {
      failures.add("{\"itemIdentifier\":\"" + id + "\"}");
    }
    return failures.toString();
  }
}
